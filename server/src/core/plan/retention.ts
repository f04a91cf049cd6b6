/**
 * What `keep` leaves: every snapshot that is young enough, and of each of the newest so many periods that have a snapshot,
 * the newest one. Periods are those of UTC.
 */
import type { Keep, Period } from '../policy/policy';

export interface Aged {
  readonly name: string;
  /** Unix seconds. */
  readonly creation: number;
}

const HOUR = 3600;

/** A number for the period that a time, in Unix seconds, is in. */
const PERIODS: readonly (readonly [Period, (seconds: number) => number])[] = [
  ['hourly', (seconds) => Math.floor(seconds / HOUR)],
  ['daily', (seconds) => Math.floor(seconds / HOUR / 24)],
  // The first day of Unix time was a Thursday; weeks begin on Mondays.
  ['weekly', (seconds) => Math.floor((seconds / HOUR / 24 + 3) / 7)],
  ['monthly', monthOf],
  ['yearly', (seconds) => new Date(seconds * 1000).getUTCFullYear()],
];

function monthOf(seconds: number): number {
  const date = new Date(seconds * 1000);
  return date.getUTCFullYear() * 12 + date.getUTCMonth();
}

/** The snapshots that are not kept, oldest first, of snapshots that are sorted oldest first; `now` is in Unix seconds. */
export function prunable<T extends Aged>(snapshots: readonly T[], { keep }: Keep, now: number): readonly T[] {
  const { within = 0, ...counts } = keep;
  const kept = new Set<T>(snapshots.filter(({ creation }) => now - creation < within));
  for (const [period, periodOf] of PERIODS)
    for (const snapshot of newestOfEach(snapshots, periodOf, counts[period] ?? 0)) kept.add(snapshot);
  return snapshots.filter((snapshot) => !kept.has(snapshot));
}

function newestOfEach<T extends Aged>(
  snapshots: readonly T[],
  periodOf: (seconds: number) => number,
  count: number,
): readonly T[] {
  const found: T[] = [];
  let last: number | undefined;
  for (const snapshot of snapshots.toReversed()) {
    if (found.length >= count) break;
    const current = periodOf(snapshot.creation);
    if (current === last) continue;
    last = current;
    found.push(snapshot);
  }
  return found;
}
