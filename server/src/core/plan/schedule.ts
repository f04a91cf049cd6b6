/** When a policy is due, and how old its replica may be. Times are Unix seconds. */
import { lastTime } from '../policy/cron';
import { fromWallClock, wallClock } from '../policy/dates';
import type { Schedule } from '../policy/policy';
import { formatAge } from '../text/format-age';

/**
 * Whether the schedule asks for a snapshot that is newer than one of `taken`. Half of `every` is enough: a run that begins
 * some seconds early must not count as done.
 */
export function isDue(schedule: Schedule, taken: number, now: number): boolean {
  if (schedule.every !== undefined) return now - taken >= schedule.every / 2;
  const last = lastBefore(schedule, now);
  return last !== undefined && taken < last;
}

/** What the newest common snapshot must not be older than: of the last two runs one may be under way, or have failed. */
export function oldestAllowed(schedule: Schedule, now: number): { readonly time: number; readonly why: string } {
  const { every } = schedule;
  if (every !== undefined)
    return { time: now - 2 * every, why: `at most ${formatAge(2 * every)} old, twice schedule.every` };
  const last = lastBefore(schedule, now);
  const time = (last === undefined ? undefined : lastBefore(schedule, last - 1)) ?? 0;
  return { time, why: `taken since ${iso(time)}, the run before the last of schedule.cron` };
}

export const iso = (seconds: number): string => `${new Date(seconds * 1000).toISOString().slice(0, 19)}Z`;

function lastBefore({ cron, zone }: Schedule, seconds: number): number | undefined {
  const wall = cron && lastTime(cron, wallClock(seconds * 1000, zone));
  return wall === undefined ? undefined : Math.floor(fromWallClock(wall, zone) / 1000);
}
