import { lineStart } from './add-entries';
import type { YamlNode } from '../yaml/yaml-tree';
import { readYaml } from '../yaml/read-yaml';

/** What is being typed at an offset of a policy file. */
export interface CursorPlace {
  readonly kind: 'key' | 'value';
  /** The section that the key is for, or the key that the value is for. */
  readonly path: readonly string[];
  /** The part of the word that stands before the offset. */
  readonly prefix: string;
}

/**
 * Finds out what is being typed, in a file that need not parse: only what stands before the offset is read, with a mark
 * at its end. Where something earlier swallows the mark, such as a quote that is still open, only the lines that the
 * offset is indented under are read.
 */
export function cursorPlace(text: string, offset: number): CursorPlace | undefined {
  const before = text.slice(0, offset);
  // Where YAML wants blanks alone, no key can be written.
  if (/(?:^|[\r\n]) *\t[^\r\n]*$/.test(before)) return undefined;
  const found = findMark(before) ?? findMark(enclosingLines(before));
  return found?.isBesideItsSiblings === false ? undefined : found;
}

interface Found extends CursorPlace {
  /** Of a key: false where it begins in another column than those before it, so that no key written there would be one. */
  readonly isBesideItsSiblings?: boolean;
}

/** A private-use character: YAML takes it as part of a word. */
const MARK = '\ue000';

/** The word may stand in quotes that are not closed yet. */
const CLOSINGS = ['', '"', "'"];

function findMark(before: string): Found | undefined {
  for (const closing of CLOSINGS) {
    const { root } = readYaml(before + MARK + closing);
    const found = root && search(root, [], before);
    // A word that is not on the line of the offset is the end of a longer text.
    if (found !== undefined && before.endsWith(found.prefix) && !/[\r\n]/.test(found.prefix)) return found;
  }
  return undefined;
}

function search(node: YamlNode, path: readonly string[], before: string): Found | undefined {
  if (node.kind === 'scalar') {
    const value = String(node.value);
    return value.endsWith(MARK) ? atScalar(path, value.slice(0, -MARK.length), before) : undefined;
  }
  // The mark is at the end of the text, so it is in the last entry.
  const [name, entry] = [...node.entries].at(-1) ?? [];
  if (name === undefined || entry === undefined) return undefined;
  // A key that is half typed, without its colon, swallows the line below it.
  if (/[\r\n]/.test(before.slice(entry.key.start, entry.key.end))) return undefined;
  if (name.endsWith(MARK) && node.kind === 'map') {
    const isBesideItsSiblings =
      node.flow || columnOf(before, entry.key.start) === columnOf(before, node.firstKey?.start);
    return { kind: 'key', path, prefix: name.slice(0, -MARK.length), isBesideItsSiblings };
  }
  return search(entry.node, [...path, name], before);
}

/** A word alone on its line may become the first key of a section. */
function atScalar(path: readonly string[], prefix: string, before: string): CursorPlace {
  const line = before.slice(Math.max(before.lastIndexOf('\n'), before.lastIndexOf('\r')) + 1);
  return { kind: line.trim() === prefix ? 'key' : 'value', path, prefix };
}

function columnOf(text: string, offset = 0): number {
  const start = lineStart(text, offset);
  return offset - start - (text.startsWith('\ufeff', start) ? 1 : 0);
}

/** The last line and those above it that are indented less than all below them, as far as indentation tells. */
function enclosingLines(before: string): string {
  const lines = before.split(/\r\n|\r|\n/);
  const last = lines.pop() ?? '';
  const kept = [last];
  let indent = indentOf(last);
  for (const line of lines.toReversed()) {
    if (line.trim() === '' || indentOf(line) >= indent) continue;
    kept.unshift(line);
    indent = indentOf(line);
  }
  return kept.join('\n');
}

const indentOf = (line: string): number => line.length - line.trimStart().length;

/**
 * The text, as long as it is, without what hides the lines below it while it is typed: a line that is nothing but a word makes one key of
 * itself and the next, and a quote that its line does not close swallows them all.
 */
export const withoutHalfTyped = (text: string): string =>
  text
    .replaceAll(/^[ \t]*[A-Za-z][\w.-]*(?=[ \t]*\r?$)/gm, (line) => ' '.repeat(line.length))
    .replaceAll(/^([^'"#\r\n]*:[ ]+)["'](?=[^'"\r\n]*\r?$)/gm, '$1 ');
