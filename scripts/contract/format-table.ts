/** How one scenario ended on one release. */
export interface Verdict {
  /** As the guest itself says it, e.g. `2.3.2`. */
  readonly release: string;
  readonly subject: string;
  readonly agreed: boolean;
}

/** By release and subject, in the order in which they come; the last row of each release sums it. */
export function formatTable(verdicts: readonly Verdict[]): string {
  const releases = [...new Set(verdicts.map(({ release }) => release))];
  const rows = releases.flatMap((release) => {
    const ofRelease = verdicts.filter((each) => each.release === release);
    const subjects = [...new Set(ofRelease.map(({ subject }) => subject))];
    return [
      [`OpenZFS ${release}`, 'scenarios', 'agreed', 'differing'],
      ...subjects.map((subject) =>
        row(
          `  ${subject}`,
          ofRelease.filter((each) => each.subject === subject),
        ),
      ),
      row('  all', ofRelease),
    ];
  });
  const widths = [0, 1, 2, 3].map((column) => Math.max(...rows.map((cells) => cells[column]?.length ?? 0)));
  const pad = (cell: string, column: number): string =>
    column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0);
  return rows.map((cells) => cells.map(pad).join('  ')).join('\n');
}

function row(name: string, verdicts: readonly Verdict[]): readonly string[] {
  const agreed = verdicts.filter((each) => each.agreed).length;
  return [name, String(verdicts.length), String(agreed), String(verdicts.length - agreed)];
}
