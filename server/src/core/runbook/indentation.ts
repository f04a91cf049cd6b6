import type { ListingLine } from './listing';

/** Columns of blanks at the beginning of a line, with tab stops every so many columns. */
export function indentOf(line: string, tabStop: number): number {
  let column = 0;
  for (const character of line) {
    if (character === ' ') column += 1;
    else if (character === '\t') column += tabStop - (column % tabStop);
    else break;
  }
  return column;
}

/** The line without so many columns of blanks; a tab that reaches beyond stays whole. */
export function dedentLine(text: string, { from, to }: ListingLine, columns: number, tabStop: number): ListingLine {
  let [start, column] = [from, 0];
  while (start < to && column < columns) {
    const character = text[start];
    if (character !== ' ' && character !== '\t') break;
    column = character === '\t' ? column + tabStop - (column % tabStop) : column + 1;
    start += 1;
  }
  return { from: start, to };
}

/** The lines without the indentation that all of them have, and without empty ones around them. */
export function dedentLines(text: string, lines: readonly ListingLine[], tabStop: number): readonly ListingLine[] {
  const indents = lines.flatMap(({ from, to }) => {
    const line = text.slice(from, to);
    return line.trim() === '' ? [] : [indentOf(line, tabStop)];
  });
  const columns = indents.reduce((least, indent) => Math.min(least, indent), Infinity);
  const isWritten = ({ from, to }: ListingLine): boolean => text.slice(from, to).trim() !== '';
  const written = lines.slice(Math.max(0, lines.findIndex(isWritten)), lines.findLastIndex(isWritten) + 1);
  return written.map((line) => dedentLine(text, line, columns, tabStop));
}
