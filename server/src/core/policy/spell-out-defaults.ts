/** Writes out what a policy has by default, for a reviewer who wants to see all of it. */
import type { TextEdit } from '../text/span';
import { applyEdits } from '../text/span';
import type { YamlNode } from '../yaml/yaml-tree';
import type { NewEntry } from './add-entries';
import { addEntries } from './add-entries';
import { defaultText } from './default-texts';
import type { IncludedFiles } from './include-graph';
import { meantPolicies } from './meant-policies';
import { nodeAt } from './own-entries';
import type { PolicyRewrite } from './policy-rewrite';
import { policyAt } from './policy-rewrite';
import { policySchema } from './schema';
import { schemaPlace } from './schema-places';

/** Undefined outside of a policy, and where everything is written. */
export function spellOutDefaults(text: string, offset: number, included?: IncludedFiles): PolicyRewrite | undefined {
  const { tree, meant: policies, isOpen } = meantPolicies(text, included);
  const found = policyAt(tree.root, offset);
  if (found === undefined || isOpen) return undefined;
  const [name, { node }] = found;
  const meant = policies?.entries.get(name)?.node;
  const edits = meant === undefined ? [] : editsOf(text, node, meant);
  return edits.length === 0 ? undefined : { title: 'Spell out the defaults', text: applyEdits(text, edits) };
}

/** `meant` has what the defaults of the file say, which is no default of ours and is left to them. */
function editsOf(text: string, own: YamlNode, meant: YamlNode): readonly TextEdit[] {
  const missing: NewEntry[] = [];
  const edits: (TextEdit | undefined)[] = [];
  for (const key of schemaPlace(['policies', ''])?.keys.keys() ?? []) {
    const written = own.entries.get(key)?.node;
    const keys = schemaPlace(['policies', '', key])?.keys ?? new Map<string, unknown>();
    if (keys.size === 0 && written === undefined) missing.push(...leaf(meant, [key]));
    const inner = [...keys.keys()].flatMap((child) => leaf(meant, [key, child]));
    if (inner.length === 0) continue;
    if (written !== undefined) edits.push(addEntries(text, written, inner));
    else if (BY_DEFAULT.has(key)) missing.push(section(key, inner));
  }
  // What is added to the last section comes before what is added behind it.
  return [...edits, addEntries(text, own, missing)].filter((edit) => edit !== undefined);
}

/** What a policy has that says nothing of it. A schedule, say, is not among them: it has defaults once it is there. */
const BY_DEFAULT: ReadonlySet<string> = new Set(
  Object.keys(policySchema.safeParse({ intent: 'vault', source: 'h:p', target: 'h:q' }).data ?? {}),
);

function leaf(meant: YamlNode, path: readonly [string, ...string[]]): NewEntry[] {
  const text = defaultText(path);
  if (text === undefined || nodeAt(meant, path) !== undefined) return [];
  const other = EXCLUDING.get(path.join('.'));
  if (other !== undefined && nodeAt(meant, other) !== undefined) return [];
  const colon = text.indexOf(': ');
  return [{ key: text.slice(0, colon), value: quoted(text.slice(colon + 2)) }];
}

/** A property that is named in one of the two leaves the defaults of the other, so both together might contradict. */
const EXCLUDING: ReadonlyMap<string, readonly string[]> = new Map([
  ['receive.set', ['receive', 'ignore']],
  ['receive.ignore', ['receive', 'set']],
]);

/** Other readers of YAML take `on` for a boolean. */
const quoted = (value: string): string => value.replaceAll(/(?<=: )(?:on|off)\b/g, '"$&"');

const section = (key: string, inner: readonly NewEntry[]): NewEntry => {
  const lines = inner.map((entry) => `${entry.key}: ${entry.value}`);
  return { key, value: `{ ${lines.join(', ')} }`, lines };
};
