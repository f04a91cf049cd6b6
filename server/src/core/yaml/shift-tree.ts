/** The same things of a text that stands `by` characters further on. */
import type { Span } from '../text/span';
import { span } from '../text/span';
import type { Problem } from './problem';
import type { YamlEntry, YamlNode } from './yaml-tree';

export const shiftSpan = ({ start, end }: Span, by: number): Span => span(start + by, end + by);

const shiftPlace = <T extends { readonly span: Span }>(placed: T, by: number): T => ({
  ...placed,
  span: shiftSpan(placed.span, by),
});

export const shiftProblem = (found: Problem, by: number): Problem => ({
  ...shiftPlace(found, by),
  fixes: found.fixes.map((fix) => ({ ...fix, edits: fix.edits.map((edit) => shiftPlace(edit, by)) })),
  related: found.related.map((each) => shiftPlace(each, by)),
});

/** The values are the same objects. */
export function shiftNode(node: YamlNode, by: number): YamlNode {
  if (by === 0) return node;
  const moved = shiftPlace(node, by);
  if (node.kind === 'scalar') return moved;
  const entries = new Map<string, YamlEntry>();
  for (const [name, entry] of node.entries)
    entries.set(name, { key: shiftSpan(entry.key, by), node: shiftNode(entry.node, by) });
  return { ...moved, entries, ...(node.firstKey && { firstKey: shiftSpan(node.firstKey, by) }) };
}
