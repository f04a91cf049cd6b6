/**
 * For how many runs retention alone keeps a snapshot, by arithmetic: as long as no hold keeps it. The simulation finds the
 * same by playing (a test compares both).
 */
import type { Keep, Period } from '../policy/policy';

const HOUR = 3600;
const DAY = 24 * HOUR;

/** The shortest length of each period, in seconds. */
const LENGTHS: Readonly<Record<Period, number>> = {
  hourly: HOUR,
  daily: DAY,
  weekly: 7 * DAY,
  monthly: 28 * DAY,
  yearly: 365 * DAY,
};

/**
 * How many runs can each take and prune after a snapshot was taken until that snapshot is destroyed, minus one: so many missed
 * runs does it survive as a base. The worst case: it was the first of its hour, day, week, month and year.
 */
export function survivedRuns({ keep }: Keep, every: number): number {
  const { within = 0, ...counts } = keep;
  const byAge = Math.max(0, Math.ceil(within / every) - 1);
  // Of a period with two runs or more only the last snapshot is kept.
  const byPeriod = PERIODS.map((period) => (every < LENGTHS[period] ? 0 : Math.max(0, (counts[period] ?? 0) - 1)));
  return Math.max(byAge, ...byPeriod);
}

const PERIODS: readonly Period[] = ['hourly', 'daily', 'weekly', 'monthly', 'yearly'];

/** For people: whole units, as a policy writes them. */
export function formatDuration(seconds: number): string {
  const [unit, length] = UNITS.find(([, each]) => seconds % each === 0) ?? ['s', 1];
  return `${seconds / length}${unit}`;
}

const UNITS: readonly (readonly [string, number])[] = [
  ['d', DAY],
  ['h', HOUR],
  ['min', 60],
];
