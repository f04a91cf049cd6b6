/** Edits that add to a map of a YAML file and keep what is there: its form, its comments, its line ends. */
import type { TextEdit } from '../text/span';
import { span } from '../text/span';
import type { YamlNode } from '../yaml/yaml-tree';
import { entrySpan, ownEntries } from './own-entries';

/** A key with its value as it stands in `{ … }`, and as lines of a block where that is too long for one. */
export interface NewEntry {
  readonly key: string;
  readonly value: string;
  readonly lines?: readonly string[];
}

/** Undefined where nothing can be added: of an alias, and of a map whose form cannot be kept. */
export function addEntries(text: string, map: YamlNode, entries: readonly NewEntry[]): TextEdit | undefined {
  if (entries.length === 0 || map.kind !== 'map' || text.charAt(map.span.start) === '*') return undefined;
  return map.flow ? addToFlow(text, map, entries) : addToBlock(text, map, entries);
}

function addToFlow(text: string, map: YamlNode, entries: readonly NewEntry[]): TextEdit | undefined {
  const items = entries.map(({ key, value }) => `${key}: ${value}`).join(', ');
  const { start, end } = map.span;
  if (text.charAt(end - 1) !== '}') return undefined;
  if (text.slice(start + 1, end - 1).trim() === '') return { span: span(start, end), newText: `{ ${items} }` };
  // Behind a value, for at the end there may be a comma or a comment.
  const last = lastEntry(map);
  return last === undefined ? undefined : { span: span(last, last), newText: `, ${items}` };
}

function addToBlock(text: string, map: YamlNode, entries: readonly NewEntry[]): TextEdit | undefined {
  const last = lastEntry(map);
  const start = map.firstKey?.start;
  if (last === undefined || start === undefined) return undefined;
  const indent = text.slice(lineStart(text, start), start);
  if (indent.trim() !== '') return undefined;
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  const lines = entries.flatMap((entry) => blockLines(entry, indent));
  const at = lineEnd(text, last);
  return { span: span(at, at), newText: lines.map((line) => newline + line).join('') };
}

function blockLines({ key, value, lines }: NewEntry, indent: string): readonly string[] {
  const short = `${indent}${key}: ${value}`;
  if (lines === undefined || short.length <= LONGEST_LINE) return [short];
  return [`${indent}${key}:`, ...lines.map((line) => `${indent}  ${line}`)];
}

const LONGEST_LINE = 100;

/** Where the last value of the map ends that is written in it. */
function lastEntry(map: YamlNode): number | undefined {
  const ends = ownEntries(map)
    .filter(([, { node }]) => node.span.end > node.span.start)
    .map(([, entry]) => entrySpan(entry).end);
  return ends.length === 0 ? undefined : Math.max(...ends);
}

export const lineStart = (text: string, offset: number): number =>
  Math.max(text.lastIndexOf('\n', offset - 1), text.lastIndexOf('\r', offset - 1)) + 1;

export function lineEnd(text: string, offset: number): number {
  const found = text.slice(offset).search(/[\r\n]/);
  return found < 0 ? text.length : offset + found;
}
