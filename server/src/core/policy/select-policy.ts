import type { Span } from '../text/span';
import { contains, span } from '../text/span';
import type { YamlNode } from '../yaml/yaml-tree';
import { readYaml } from '../yaml/read-yaml';
import { nameAt, nameUses } from './name-uses';
import { entrySpan, ownEntries } from './own-entries';

/**
 * What grows around an offset as a person selects more: the host or dataset, the value, its key with it, the section,
 * the entry that has it, and so on to the whole text. Innermost first, each larger than the one before.
 */
export function selectPolicy(text: string, offset: number): readonly Span[] {
  const { root } = readYaml(text);
  const name = nameAt(nameUses(text, root), offset)?.span;
  const outward = [
    span(0, text.length),
    ...(root === undefined ? [] : spansAt(text, root, offset)),
    ...(name ? [name] : []),
  ];
  const growing: Span[] = [];
  for (const next of outward) {
    const around = growing.at(-1);
    if (around === undefined || isInside(next, around)) growing.push(next);
  }
  return growing.toReversed();
}

/** From the outside in. */
function spansAt(text: string, node: YamlNode, offset: number): Span[] {
  if (!contains(node.span, offset)) return [];
  const here = [node.span, ...withinQuotes(text, node).filter((inner) => contains(inner, offset))];
  const found = ownEntries(node).find(([, entry]) => contains(entrySpan(entry), offset));
  if (found === undefined) return here;
  const [, entry] = found;
  const key = contains(entry.key, offset) ? [entry.key] : [];
  return [...here, entrySpan(entry), ...(key.length > 0 ? key : spansAt(text, entry.node, offset))];
}

function withinQuotes(text: string, { kind, span: { start, end } }: YamlNode): Span[] {
  const quote = text.charAt(start);
  const isQuoted = kind === 'scalar' && end - start > 1 && (quote === '"' || quote === "'") && text[end - 1] === quote;
  return isQuoted ? [span(start + 1, end - 1)] : [];
}

const isInside = (inner: Span, outer: Span): boolean =>
  outer.start <= inner.start && inner.end <= outer.end && inner.end - inner.start < outer.end - outer.start;
