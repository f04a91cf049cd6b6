/** Rows between tabs for scripts, else in columns that are as wide as their widest cell. */
export interface Column {
  readonly heading: string;
  readonly isRight?: boolean;
}

export function formatRows(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  isScripted: boolean,
): string {
  if (isScripted) return rows.map((row) => `${row.join('\t')}\n`).join('');
  const table = [columns.map((column) => column.heading), ...rows];
  const widths = columns.map((_, index) => Math.max(...table.map((row) => row[index]?.length ?? 0)));
  return table
    .map((row) => {
      const cells = row.map((cell, index) => {
        const width = widths[index] ?? 0;
        if (columns[index]?.isRight) return cell.padStart(width);
        return index === row.length - 1 ? cell : cell.padEnd(width);
      });
      return `${cells.join('  ')}\n`;
    })
    .join('');
}
