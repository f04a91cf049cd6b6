/**
 * Rows of `-Hp` output: one line a row, one tab between columns, no header. Odd lines become problems and the
 * rest is still read, for a cut connection must not look like a host without datasets.
 */
export interface OutputProblem {
  readonly code: 'odd-row' | 'truncated' | 'odd-number';
  /** Counts from 1. */
  readonly line: number;
  readonly message: string;
}

export interface Row {
  /** Counts from 1. */
  readonly line: number;
  readonly fields: readonly string[];
}

export interface Rows {
  readonly rows: readonly Row[];
  readonly problems: readonly OutputProblem[];
}

/** Reads rows of exactly `columns` fields. zfs ends every line, so an unfinished last line was cut. */
export function parseRows(output: string, columns: number): Rows {
  const rows: Row[] = [];
  const problems: OutputProblem[] = [];
  const lines = output.split('\n');
  const rest = lines.pop() ?? '';
  for (const [index, text] of lines.entries()) {
    const fields = text.split('\t');
    if (fields.length === columns) rows.push({ line: index + 1, fields });
    else {
      const message = `a row has ${fields.length} columns where ${columns} are expected: ${JSON.stringify(text)}`;
      problems.push({ code: 'odd-row', line: index + 1, message });
    }
  }
  if (rest !== '') {
    const message = `the output ends in the middle of a line: ${JSON.stringify(rest)}`;
    problems.push({ code: 'truncated', line: lines.length + 1, message });
  }
  return { rows, problems };
}

/** A number as `-p` prints it, or undefined for `-`, for what is no number, and for what a JS number cannot hold. */
export function parseCount(field: string): number | undefined {
  if (!/^\d+$/.test(field)) return undefined;
  const value = Number(field);
  return Number.isSafeInteger(value) ? value : undefined;
}

/** An unsigned 64-bit number as text, which is what it stays. */
export const isGuid = (field: string): boolean => /^\d{1,20}$/.test(field);
