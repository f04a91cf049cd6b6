/** Flow collections, `{…}` and `[…]`: on one line, or as a block where that line would be too long. */
import { isAlias, isMap, isPair, isScalar, isSeq } from 'yaml';
import type { Pair, YAMLMap, YAMLSeq } from 'yaml';

export type Flow = YAMLMap | YAMLSeq;

/**
 * A flow collection on one line; undefined for one with something in it that is best left as it was written. An anchor or
 * a tag of the collection itself stands before it and is no part of it.
 */
export function flowText(flow: Flow, text: string): string | undefined {
  const parts = partsOf(flow, text);
  if (parts === undefined) return undefined;
  if (parts.length === 0) return isMap(flow) ? '{}' : '[]';
  return isMap(flow) ? `{ ${parts.join(', ')} }` : `[${parts.join(', ')}]`;
}

/** The lines of the same collection as a block; undefined where it has to stay as it is. */
export function blockLines(flow: Flow, text: string): readonly string[] | undefined {
  if (flow.items.length === 0 || !flow.items.every((item) => !isSeq(item))) return undefined;
  const parts = partsOf(flow, text);
  return isMap(flow) ? parts : parts?.map((part) => `- ${part}`);
}

function partsOf(flow: Flow, text: string): readonly string[] | undefined {
  const parts = flow.items.map((item) =>
    isMap(flow) ? (isPair(item) ? pairText(item, text) : undefined) : innerText(item, text),
  );
  return parts.every((part) => part !== undefined) ? parts : undefined;
}

function pairText({ key, value }: Pair, text: string): string | undefined {
  const name = isScalar(key) ? innerText(key, text) : undefined;
  const written = innerText(value, text);
  return name === undefined || name === '' || written === undefined || written === ''
    ? undefined
    : `${name}: ${written}`;
}

function innerText(node: unknown, text: string): string | undefined {
  if (isAlias(node)) return sliceOf(node, text);
  if (isScalar(node)) return isBare(node) ? sliceOf(node, text) : undefined;
  return (isMap(node) || isSeq(node)) && isBare(node) ? flowText(node, text) : undefined;
}

/** An anchor or a tag stands before the place that a node says it has. */
const isBare = (node: { readonly anchor?: string; readonly tag?: string }): boolean =>
  node.anchor === undefined && node.tag === undefined;

function sliceOf({ range }: { readonly range?: readonly number[] | null }, text: string): string | undefined {
  const written = text.slice(range?.[0], range?.[1]);
  return written.includes('\n') ? undefined : written;
}
