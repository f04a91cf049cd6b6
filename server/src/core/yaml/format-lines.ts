/** The second pass of the layout: how far each line is indented, and where blank lines stand. */
import { createLineIndex } from '../text/line-index';
import { walkBlocks } from './format-walk';
import { commentPlaces } from './yaml-comments';

const STEP = 2;

/** What decides the place of a line; lines are counted from 1. */
interface Marks {
  /** Lines that begin with a key, a dash or a value, and how far they are to be indented. */
  readonly columns: ReadonlyMap<number, number>;
  readonly sections: ReadonlySet<number>;
  /** Lines that go on with a text or a flow collection: they keep their distance from where it began. */
  readonly inside: ReadonlySet<number>;
  /** Lines that are a comment and nothing else. */
  readonly comments: ReadonlySet<number>;
}

export function indentLines(text: string): string {
  const lines = text.split('\n');
  const marks = readMarks(text);
  const columns = commentColumns(lines, marks);
  const result: string[] = [];
  let moved = 0;
  for (const [index, line] of lines.entries()) {
    const number = index + 1;
    const old = indentOf(line);
    const column = marks.columns.get(number);
    if (column !== undefined) moved = column - old;
    const isInside = marks.inside.has(number);
    if (line.trim() === '') {
      if (isInside || !/(?:^|:)$/.test(result.at(-1) ?? '')) result.push('');
      continue;
    }
    if (marks.sections.has(number)) separate(result);
    const at = column ?? columns.get(number) ?? (MARKER.test(line) ? 0 : Math.max(0, old + moved));
    const content = isInside && column === undefined ? line.slice(old) : closeDashes(line.slice(old)).trimEnd();
    result.push(' '.repeat(at) + content);
  }
  return `${result.join('\n').trimEnd()}\n`;
}

/** The beginning or the end of a document, or a directive. */
const MARKER = /^(?:---|\.\.\.|%)/;

const indentOf = (line: string): number => line.length - line.trimStart().length;

const closeDashes = (content: string): string =>
  content.replace(/^(?:-[ \t]+)+(?=[^\s#])/, (dashes) => '- '.repeat(dashes.split('-').length - 1));

/** The blank line goes above the comments that stand right above a section. */
function separate(result: string[]): void {
  let at = result.length;
  while (at > 0 && result[at - 1]?.startsWith('#') === true) at--;
  if (at > 0 && result[at - 1] !== '') result.splice(at, 0, '');
}

function readMarks(text: string): Marks {
  const index = createLineIndex(text);
  const lineOf = (offset: number): number => index.at(offset).line;
  const columns = new Map<number, number>();
  const sections = new Set<number>();
  const inside = new Set<number>();
  const before = (offset: number): string => text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset);
  const mark = (offset: number, level: number): void => {
    // An anchor or a tag may stand before what it is for.
    if (/^[ \t]*(?:[&!]\S*[ \t]+)*$/.test(before(offset))) columns.set(lineOf(offset), level * STEP);
  };
  walkBlocks(text, {
    key({ start, level, isSection }) {
      mark(start, level);
      if (isSection && columns.size > 1) sections.add(lineOf(start));
    },
    dash: mark,
    value(node, level) {
      const [start, end] = node.range ?? [0, 0];
      if (end === start) return;
      mark(start, level);
      for (let line = lineOf(start) + 1; line <= lineOf(end - 1); line++) inside.add(line);
    },
  });
  const own = commentPlaces(text).filter(({ start }) => before(start).trim() === '');
  const comments = new Set(own.map(({ start }) => lineOf(start)).filter((line) => !inside.has(line)));
  return { columns, sections, inside, comments };
}

interface Level {
  readonly old: number;
  readonly column: number;
}

/**
 * A comment goes with the line below it, unless it is indented deeper: then it ends the block above whose lines are
 * indented as it is.
 */
function commentColumns(lines: readonly string[], marks: Marks): ReadonlyMap<number, number> {
  const below = levelsBelow(lines, marks);
  const found = new Map<number, number>();
  const open: Level[] = [];
  for (const [index, line] of lines.entries()) {
    const old = indentOf(line);
    const column = marks.columns.get(index + 1);
    if (column !== undefined) {
      while ((open.at(-1)?.old ?? -1) >= old) open.pop();
      open.push({ old, column });
    }
    if (!marks.comments.has(index + 1)) continue;
    const next = below[index];
    found.set(index + 1, next !== undefined && old <= next.old ? next.column : columnWithin(open, old));
  }
  return found;
}

/** For each line, the next one below it that has a place of its own. */
function levelsBelow(lines: readonly string[], { columns }: Marks): readonly (Level | undefined)[] {
  const found: (Level | undefined)[] = [];
  let next: Level | undefined;
  for (const [index, line] of [...lines.entries()].toReversed()) {
    found.push(next);
    const column = columns.get(index + 1);
    if (column !== undefined) next = { old: indentOf(line), column };
  }
  return found.toReversed();
}

function columnWithin(open: readonly Level[], old: number): number {
  const level = open.find((each) => each.old >= old);
  if (level !== undefined) return level.column;
  const last = open.at(-1);
  return last === undefined ? 0 : last.column + STEP;
}
