import type { Span } from '../text/span';
import type { YamlEntry, YamlNode } from '../yaml/yaml-tree';
import { isDefault } from './default-texts';
import type { IncludedFiles } from './include-graph';
import { meantPolicies } from './meant-policies';
import { nodeAt, ownEntries } from './own-entries';

/** What a policy does without saying so, to be shown behind its name or behind the section that leaves it out. */
export interface PolicyHint {
  readonly offset: number;
  readonly label: string;
}

/** The defaults that decide what happens to data, in the words of a reviewer. */
export const DEFAULTS_THAT_MATTER: readonly MatteringDefault[] = [
  { path: ['recursive'], value: true, words: 'recursive' },
  { path: ['send', 'raw'], value: true, words: 'raw' },
  { path: ['receive', 'mount'], value: false, words: 'never mounted' },
  { path: ['receive', 'force'], value: 'never', words: 'never forced' },
  { path: ['receive', 'resumable'], value: true, words: 'resumable' },
  { path: ['keys', 'load'], value: 'never', words: 'no keys loaded' },
];

interface MatteringDefault {
  readonly path: readonly [string, ...string[]];
  readonly value: unknown;
  readonly words: string;
}

export function policyHints(text: string, included?: IncludedFiles): readonly PolicyHint[] {
  const { tree, meant, isOpen } = meantPolicies(text, included);
  if (isOpen) return [];
  const written = ownEntries(tree.root?.entries.get('policies')?.node);
  return written.flatMap(([name, entry]) => {
    const policy = meant?.entries.get(name)?.node;
    return entry.node.kind === 'map' && policy !== undefined ? hintsOf(text, entry, policy) : [];
  });
}

/** `policy` is what is meant: with what the defaults of the file say. */
function hintsOf(text: string, entry: YamlEntry, policy: YamlNode): PolicyHint[] {
  const byOffset = new Map<number, string[]>();
  for (const { path, value, words } of DEFAULTS_THAT_MATTER) {
    const said = describe(policy, entry.node, { path, value, words });
    if (said === undefined) continue;
    const [section] = path;
    const own = path.length > 1 ? entry.node.entries.get(section) : undefined;
    // A section that an alias brings is shown where it is written, for another policy.
    const isOwn = own?.node.kind === 'map' && isWithin(own.key, entry.node.span) && text[own.node.span.start] !== '*';
    const offset = behind(text, isOwn ? own : entry);
    byOffset.set(offset, [...(byOffset.get(offset) ?? []), said]);
  }
  return [...byOffset]
    .map(([offset, words]) => ({ offset, label: words.join(', ') }))
    .toSorted((a, b) => a.offset - b.offset);
}

/** Undefined for what the policy says itself. */
function describe(policy: YamlNode, own: YamlNode, { path, value, words }: MatteringDefault): string | undefined {
  const meant = nodeAt(policy, path);
  if (meant === undefined) return isDefault(path, value) ? words : undefined;
  if (nodeAt(own, path) !== undefined) return undefined;
  if (isDefault(path, meant.value)) return words;
  return meant.kind === 'scalar' ? `${path.join('.')}: ${String(meant.value)}` : undefined;
}

/** Behind the colon of a block, behind the bracket of `{ … }`. */
function behind(text: string, { key, node }: YamlEntry): number {
  if (node.flow && node.span.start > key.end) return node.span.end;
  return text.charAt(key.end) === ':' ? key.end + 1 : key.end;
}

const isWithin = (inner: Span, outer: Span): boolean => outer.start <= inner.start && inner.end <= outer.end;
