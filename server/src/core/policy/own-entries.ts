import type { Span } from '../text/span';
import { span } from '../text/span';
import type { YamlEntry, YamlNode } from '../yaml/yaml-tree';

/** The entries that are written in a node itself, and not where an alias or a merge key brings them from. */
export function ownEntries(node: YamlNode | undefined): readonly (readonly [string, YamlEntry])[] {
  if (node === undefined) return [];
  return [...node.entries].filter(([, { key }]) => node.span.start <= key.start && key.end <= node.span.end);
}

/** What is written below a node, or brought there by an alias or a merge key. */
export function nodeAt(node: YamlNode, path: readonly string[]): YamlNode | undefined {
  let found: YamlNode | undefined = node;
  for (const key of path) found = found?.entries.get(key)?.node;
  return found;
}

/** From the key to the end of the value; the key alone where there is no value, or one that stands elsewhere. */
export function entrySpan({ key, node }: YamlEntry): Span {
  const { start, end } = node.span;
  return start < key.start || start === end ? key : span(key.start, Math.max(key.end, end));
}

/**
 * A text within its quotes; undefined where it is not written as it is read, as with escapes, folded lines and aliases.
 */
export function wordSpan(text: string, place: Span, word: string): Span | undefined {
  const written = text.slice(place.start, place.end);
  if (written === word) return place;
  const quoted = written === `"${word}"` || written === `'${word}'`;
  return quoted ? span(place.start + 1, place.end - 1) : undefined;
}
