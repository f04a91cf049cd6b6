/** What `keep` leaves: of each of the newest so many periods that have a snapshot, the newest snapshot. Periods are those of UTC. */
import type { Keep } from '../policy/policy';

export interface Aged {
  readonly name: string;
  /** Unix seconds. */
  readonly creation: number;
}

const HOUR = 3600;

/** A name for the period that a time is in. */
const PERIODS: Readonly<Record<string, (seconds: number) => number>> = {
  hourly: (seconds) => Math.floor(seconds / HOUR),
  daily: (seconds) => Math.floor(seconds / HOUR / 24),
  // The first day of Unix time was a Thursday; weeks begin on Mondays.
  weekly: (seconds) => Math.floor((seconds / HOUR / 24 + 3) / 7),
  monthly: (seconds) => {
    const date = new Date(seconds * 1000);
    return date.getUTCFullYear() * 12 + date.getUTCMonth();
  },
  yearly: (seconds) => new Date(seconds * 1000).getUTCFullYear(),
};

/** The snapshots to destroy, oldest first, of snapshots that are sorted oldest first. */
export function prunable<T extends Aged>(snapshots: readonly T[], { keep }: Keep): readonly T[] {
  const kept = new Set<T>();
  for (const [period, count] of Object.entries(keep)) {
    const periodOf = PERIODS[period];
    if (periodOf === undefined) throw new Error(`retention has no period ${period}`);
    let last: number | undefined;
    let found = 0;
    for (let index = snapshots.length - 1; index >= 0 && found < count; index -= 1) {
      const snapshot = snapshots[index];
      if (snapshot === undefined) continue;
      const current = periodOf(snapshot.creation);
      if (current === last) continue;
      last = current;
      found += 1;
      kept.add(snapshot);
    }
  }
  return snapshots.filter((snapshot) => !kept.has(snapshot));
}
