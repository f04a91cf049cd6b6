/** Unchanged lines around a change. */
const CONTEXT = 3;

/** Above this the table of common lines would not be worth its memory; the middle is then shown as replaced. */
const MAX_CELLS = 4_000_000;

type Mark = ' ' | '-' | '+';

interface Row {
  readonly mark: Mark;
  /** With its line end. */
  readonly line: string;
  /** Lines before this row, in the old and in the new text. */
  readonly before: number;
  readonly after: number;
}

/** The unified diff of two texts, as `patch -p1` takes it; empty when they are equal. */
export function formatUnifiedDiff(path: string, before: string, after: string): string {
  if (before === after) return '';
  const rows = number(compare(splitLines(before), splitLines(after)));
  const hunks = groupHunks(rows).map(formatHunk);
  return [`--- a/${path}\n`, `+++ b/${path}\n`, ...hunks].join('');
}

const splitLines = (text: string): readonly string[] => text.match(/[^\n]*\n|[^\n]+$/g) ?? [];

type Change = readonly [mark: Mark, line: string];

const keep = (lines: readonly string[]): readonly Change[] => lines.map((line) => [' ', line]);

function compare(before: readonly string[], after: readonly string[]): readonly Change[] {
  const shorter = Math.min(before.length, after.length);
  let head = 0;
  while (head < shorter && before[head] === after[head]) head++;
  let tail = 0;
  while (tail < shorter - head && before.at(-1 - tail) === after.at(-1 - tail)) tail++;
  return [
    ...keep(before.slice(0, head)),
    ...compareMiddle(before.slice(head, before.length - tail), after.slice(head, after.length - tail)),
    ...keep(before.slice(before.length - tail)),
  ];
}

/** By the table of longest common subsequences. */
function compareMiddle(before: readonly string[], after: readonly string[]): readonly Change[] {
  const removed = before.map((line): Change => ['-', line]);
  const added = after.map((line): Change => ['+', line]);
  if (before.length * after.length > MAX_CELLS) return [...removed, ...added];
  const width = after.length + 1;
  const common = new Uint32Array((before.length + 1) * width);
  const at = (i: number, j: number): number => common[i * width + j] ?? 0;
  for (let i = before.length - 1; i >= 0; i--)
    for (let j = after.length - 1; j >= 0; j--)
      common[i * width + j] = before[i] === after[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
  const changes: Change[] = [];
  let i = 0;
  let j = 0;
  while (i < before.length && j < after.length) {
    if (before[i] === after[j]) {
      changes.push([' ', before[i++] ?? '']);
      j++;
    } else if (at(i + 1, j) >= at(i, j + 1)) changes.push(['-', before[i++] ?? '']);
    else changes.push(['+', after[j++] ?? '']);
  }
  return [...changes, ...removed.slice(i), ...added.slice(j)];
}

function number(changes: readonly Change[]): readonly Row[] {
  let before = 0;
  let after = 0;
  return changes.map(([mark, line]) => {
    const row = { mark, line, before, after };
    if (mark !== '+') before++;
    if (mark !== '-') after++;
    return row;
  });
}

/** Changes whose contexts touch are one hunk. */
function groupHunks(rows: readonly Row[]): readonly (readonly Row[])[] {
  const near = rows.map((_, index) =>
    rows.slice(Math.max(0, index - CONTEXT), index + CONTEXT + 1).some(({ mark }) => mark !== ' '),
  );
  const hunks: Row[][] = [];
  for (const [index, row] of rows.entries()) {
    if (near[index] !== true) continue;
    if (near[index - 1] !== true) hunks.push([]);
    hunks.at(-1)?.push(row);
  }
  return hunks;
}

/** `7,3`; a count of 1 is left out, and an empty range names the line before it. */
const range = (start: number, count: number): string =>
  `${count === 0 ? start : start + 1}${count === 1 ? '' : `,${count}`}`;

function formatHunk(rows: readonly Row[]): string {
  const removed = rows.filter(({ mark }) => mark !== '+').length;
  const added = rows.filter(({ mark }) => mark !== '-').length;
  const first = rows[0];
  const header = `@@ -${range(first?.before ?? 0, removed)} +${range(first?.after ?? 0, added)} @@\n`;
  return (
    header +
    rows
      .map(({ mark, line }) => mark + (line.endsWith('\n') ? line : `${line}\n\\ No newline at end of file\n`))
      .join('')
  );
}
