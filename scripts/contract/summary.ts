import { writeFileSync } from 'node:fs';

/** What `npm test` sums over all of its runners. */
export interface Summary {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** Into the file that `npm test` names. */
export function writeSummary(summary: Summary): void {
  const file = process.env['RAWSEND_SUMMARY'];
  if (file) writeFileSync(file, JSON.stringify(summary));
}

export const formatSummary = ({ passed, failed, skipped }: Summary): string =>
  `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
