/**
 * For how many runs retention alone keeps a snapshot, by arithmetic: as long as no hold keeps it. The simulation finds the
 * same by playing (a test compares both).
 */
import { isDay } from '../policy/cron';
import type { Cron } from '../policy/cron';
import type { Keep, Period, Schedule } from '../policy/policy';

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

/** Seconds from run to run, which differ where a crontab leaves out nights or weekends. */
export interface Interval {
  readonly shortest: number;
  readonly longest: number;
}

export function intervalOf({ every, cron }: Schedule): Interval | undefined {
  if (every !== undefined) return { shortest: every, longest: every };
  const gaps = cron === undefined ? [] : gapsOf(cron);
  return gaps.length === 0 ? undefined : { shortest: Math.min(...gaps), longest: Math.max(...gaps) };
}

/** Within a day, and from day to day: over two weeks, and over twelve days with a run where those are more rare. */
function gapsOf(cron: Cron): readonly number[] {
  const times = cron.hours.flatMap((hour) => cron.minutes.map((minute) => hour * HOUR + minute * 60));
  const [first = 0, last = 0] = [times[0], times.at(-1)];
  const gaps = new Set(times.slice(1).map((time, index) => time - (times[index] ?? 0)));
  let before: number | undefined;
  for (let day = SAMPLE, found = 0; day < SAMPLE + MOST_DAYS && (found < 12 || day < SAMPLE + 15); day++) {
    if (!isDay(cron, day)) continue;
    if (before !== undefined) gaps.add((day - before) * DAY + first - last);
    before = day;
    found += 1;
  }
  return [...gaps];
}

/** The first day of a leap year, in days of Unix time. */
const SAMPLE = Date.UTC(2028, 0, 1) / DAY / 1000;

/** February 29 comes every four years. */
const MOST_DAYS = 9 * 366;

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
