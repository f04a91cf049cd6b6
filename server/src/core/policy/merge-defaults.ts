import { span } from '../text/span';
import { nodeOf } from '../yaml/yaml-tree';
import type { YamlEntry, YamlNode, YamlTree } from '../yaml/yaml-tree';

/** Sections whose keys mean something only together: a policy that writes one gets nothing of it from the defaults. */
const WHOLE = new Set(['keep', 'schedule', 'window', 'standby', 'escrow']);

/**
 * The file as it is meant: what `defaults` says stands in every policy that does not say otherwise, key by key. An
 * entry keeps its place, so a problem with it is told where it was written. `behind` are the defaults of included files.
 */
export function mergeDefaults(tree: YamlTree, behind?: YamlNode): YamlTree {
  const defaults = defaultsOf(tree, behind);
  const policies = tree.root?.entries.get('policies');
  if (tree.root === undefined || defaults?.kind !== 'map' || policies?.node.kind !== 'map') return tree;
  const merged = mapEntries(policies.node, (policy) => withDefaults(policy, defaults));
  const root = nodeOf(tree.root, new Map([...tree.root.entries, ['policies', { ...policies, node: merged }]]));
  return { ...tree, root };
}

/** The defaults of the file, with those of the files that it includes behind them. */
export function defaultsOf({ root }: YamlTree, behind?: YamlNode): YamlNode | undefined {
  const own = root?.entries.get('defaults')?.node;
  return own === undefined ? behind : layDefaults(own, behind);
}

/** `node` wins. */
export const layDefaults = (node: YamlNode, behind?: YamlNode): YamlNode =>
  node.kind === 'map' && behind?.kind === 'map' ? merge(node, behind.entries) : node;

function withDefaults(policy: YamlNode, defaults: YamlNode): YamlNode {
  if (policy.kind !== 'map') return policy;
  const isStandby = policy.entries.get('intent')?.node.value === 'standby';
  // A vault has nothing to rehearse, and who writes it for the standbys of a file does not mean a vault.
  const meant = [...defaults.entries].filter(([key]) => !OWN.has(key) && (isStandby || key !== 'standby'));
  return merge(policy, new Map(meant));
}

/** What no policy gets from elsewhere, even where somebody wrote it there. */
const OWN = new Set(['intent', 'source', 'target']);

function merge(node: YamlNode, defaults: ReadonlyMap<string, YamlEntry>): YamlNode {
  const entries = new Map(node.entries);
  for (const [key, entry] of defaults) {
    const written = entries.get(key);
    if (written === undefined) entries.set(key, entry);
    else if (written.node.kind === 'map' && entry.node.kind === 'map' && !WHOLE.has(key))
      entries.set(key, { ...written, node: merge(written.node, entry.node.entries) });
  }
  return nodeOf(node, entries);
}

const mapEntries = (node: YamlNode, change: (inner: YamlNode) => YamlNode): YamlNode =>
  nodeOf(node, new Map([...node.entries].map(([key, entry]) => [key, { ...entry, node: change(entry.node) }])));

/** Whether a problem of a policy was written in the defaults, where it is told once. */
export function isOfDefaults(tree: YamlTree, place: { readonly start: number; readonly end: number }): boolean {
  const { start, end } = tree.root?.entries.get('defaults')?.node.span ?? span(-1, -1);
  return place.start >= start && place.end <= end;
}
