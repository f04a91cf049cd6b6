import { isDay } from './cron';
import type { Cron } from './cron';
import type { Schedule } from './policy';

/** Seconds from run to run, which differ where a crontab leaves out nights, weekends or months. */
export interface Interval {
  readonly shortest: number;
  readonly longest: number;
}

/** By the clock on the wall: the hour of summer time is no other schedule. Undefined for a schedule that says no time. */
export function intervalOf({ every, cron }: Schedule): Interval | undefined {
  if (every !== undefined) return { shortest: every, longest: every };
  const gaps = cron === undefined ? [] : gapsOf(cron);
  return gaps.length === 0 ? undefined : { shortest: Math.min(...gaps), longest: Math.max(...gaps) };
}

const HOUR = 3600;
const DAY = 24 * HOUR;

/** Within a day, and from day to day: over two years, and longer for what comes more rarely. */
function gapsOf(cron: Cron): readonly number[] {
  const times = cron.hours.flatMap((hour) => cron.minutes.map((minute) => hour * HOUR + minute * 60));
  const [first = 0, last = 0] = [times[0], times.at(-1)];
  const gaps = new Set(times.slice(1).map((time, index) => time - (times[index] ?? 0)));
  let before: number | undefined;
  for (let day = SAMPLE, found = 0; day < SAMPLE + MOST_DAYS && (found < 2 || day < SAMPLE + TWO_YEARS); day++) {
    if (!isDay(cron, day)) continue;
    if (before !== undefined) gaps.add((day - before) * DAY + first - last);
    before = day;
    found += 1;
  }
  return [...gaps];
}

/** The first day of a leap year, in days of Unix time. */
const SAMPLE = Date.UTC(2028, 0, 1) / DAY / 1000;

const TWO_YEARS = 2 * 366;

/** February 29 comes every four years. */
const MOST_DAYS = 9 * 366;
