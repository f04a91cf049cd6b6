/** A line without its end. */
export interface Line {
  readonly start: number;
  readonly end: number;
}

/** The lines of a text; a byte order mark is no part of the first. */
export function linesOf(text: string): readonly Line[] {
  const lines: Line[] = [];
  let start = text.startsWith('\uFEFF') ? 1 : 0;
  for (;;) {
    const newline = text.indexOf('\n', start);
    const end = newline === -1 ? text.length : newline;
    lines.push({ start, end: end > start && text[end - 1] === '\r' ? end - 1 : end });
    if (newline === -1) return lines;
    start = newline + 1;
  }
}
