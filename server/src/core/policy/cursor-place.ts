import type { YamlNode } from '../yaml/yaml-tree';
import { readYaml } from '../yaml/yaml-tree';

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
  return findMark(before) ?? findMark(enclosingLines(before));
}

/** A private-use character: YAML takes it as part of a word. */
const MARK = '\ue000';

/** The word may stand in quotes that are not closed yet. */
const CLOSINGS = ['', '"', "'"];

function findMark(before: string): CursorPlace | undefined {
  for (const closing of CLOSINGS) {
    const { root } = readYaml(before + MARK + closing);
    const found = root && search(root, [], before);
    // A word that is not on the line of the offset is the end of a longer text.
    if (found !== undefined && before.endsWith(found.prefix) && !/[\r\n]/.test(found.prefix)) return found;
  }
  return undefined;
}

function search(node: YamlNode, path: readonly string[], before: string): CursorPlace | undefined {
  if (node.kind === 'scalar') {
    const value = String(node.value);
    return value.endsWith(MARK) ? atScalar(path, value.slice(0, -MARK.length), before) : undefined;
  }
  // The mark is at the end of the text, so it is in the last entry.
  const [name, entry] = [...node.entries].at(-1) ?? [];
  if (name === undefined || entry === undefined) return undefined;
  if (name.endsWith(MARK) && node.kind === 'map') return { kind: 'key', path, prefix: name.slice(0, -MARK.length) };
  return search(entry.node, [...path, name], before);
}

/** A word alone on its line may become the first key of a section. */
function atScalar(path: readonly string[], prefix: string, before: string): CursorPlace {
  const line = before.slice(Math.max(before.lastIndexOf('\n'), before.lastIndexOf('\r')) + 1);
  return { kind: line.trim() === prefix ? 'key' : 'value', path, prefix };
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
