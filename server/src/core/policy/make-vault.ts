/** Turns a standby into a vault: the intent, and the end of everything that a vault cannot have. */
import type { Span } from '../text/span';
import { applyEdits, contains } from '../text/span';
import type { YamlEntry, YamlNode } from '../yaml/yaml-tree';
import { readYaml } from '../yaml/read-yaml';
import type { IncludedFiles } from './include-graph';
import { entrySpan, ownEntries } from './own-entries';
import { parsePolicy } from './parse-policy';
import type { PolicyRewrite } from './policy-rewrite';
import { policyAt } from './policy-rewrite';
import { entryRemoval } from './remove-entry';

/**
 * Undefined outside of a standby, and where what a vault cannot have comes from elsewhere, such as the defaults of the
 * file: others may depend on it.
 */
export function makeVault(text: string, offset: number, included?: IncludedFiles): PolicyRewrite | undefined {
  const found = policyAt(readYaml(text).root, offset);
  if (found === undefined) return undefined;
  const [, { key, node }] = found;
  const intent = ownEntries(node).find(([own]) => own === 'intent')?.[1].node;
  if (intent?.value !== 'standby') return undefined;
  const changed = removeAll(applyEdits(text, [{ span: intent.span, newText: 'vault' }]), key.start, included);
  if (changed === undefined || refusedOutside(changed, key.start, included) > refusedOutside(text, key.start, included))
    return undefined;
  return { title: 'Make this a vault', text: changed };
}

/** More than a policy has keys for a vault to refuse. */
const MOST_REMOVALS = 20;

function removeAll(text: string, policyStart: number, included?: IncludedFiles): string | undefined {
  let left = text;
  for (let round = 0; round < MOST_REMOVALS; round++) {
    const policy = policyAt(readYaml(left).root, policyStart)?.[1];
    const refused = policy && refusals(left, included).find(({ start }) => contains(entrySpan(policy), start));
    if (policy === undefined || refused === undefined) return left;
    const removal = removalAt(left, policy, refused);
    if (removal === undefined) return undefined;
    left = applyEdits(left, [{ span: removal, newText: '' }]);
  }
  return undefined;
}

const refusals = (text: string, included?: IncludedFiles): readonly Span[] =>
  parsePolicy(text, included)
    .problems.filter(({ rule }) => rule === 'policy-vault')
    .map(({ span }) => span);

function refusedOutside(text: string, policyStart: number, included?: IncludedFiles): number {
  const policy = policyAt(readYaml(text).root, policyStart)?.[1];
  return refusals(text, included).filter(({ start }) => policy === undefined || !contains(entrySpan(policy), start))
    .length;
}

/** Removes the entry at a place: with its section, where that has nothing else. */
function removalAt(text: string, policy: YamlEntry, place: Span): Span | undefined {
  const way = wayTo(policy.node, place);
  // The outermost entry that would be empty without the next one.
  const first = way.findIndex((_, index) => way.slice(index + 1).every(({ parent }) => parent.entries.size === 1));
  const found = way[first];
  return found && entryRemoval(text, found.parent, found.entry);
}

interface WayStep {
  readonly parent: YamlNode;
  readonly entry: YamlEntry;
}

/** From the policy inwards, to the entry that begins at a place or has its value there. */
function wayTo(parent: YamlNode, place: Span): readonly WayStep[] {
  const entry = ownEntries(parent).find(([, own]) => contains(entrySpan(own), place.start))?.[1];
  if (entry === undefined) return [];
  const isHere = entry.key.start === place.start || entry.node.span.start === place.start;
  return [{ parent, entry }, ...(isHere ? [] : wayTo(entry.node, place))];
}
