/** Days, times of day and time zones as people write them. */
import type { Result } from '../result';
import { err, ok } from '../result';

/** Parses `2026-11-23`, a day that there is; the error is a message for the author. */
export function parseDay(text: string): Result<string, string> {
  const what = 'a day such as `2026-11-23`';
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text))
    return err(`write ${what}: year, month and day, with four, two and two digits`);
  const time = Date.parse(`${text}T00:00:00Z`);
  // Some days that there are not are read as the one after.
  const exists = !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
  return exists ? ok(text) : err(`write ${what}: there is no ${text}`);
}

/** Parses `22:00` into minutes since midnight; the error is a message for the author. */
export function parseTimeOfDay(text: string): Result<number, string> {
  const [, hours = '', minutes = ''] = /^([0-9]{2}):([0-9]{2})$/.exec(text) ?? [];
  if (hours === '') return err('write a time such as `22:00` in quotes: hours and minutes, two digits each');
  if (Number(hours) > 23 || Number(minutes) > 59) return err('times go from `00:00` to `23:59`');
  return ok(Number(hours) * 60 + Number(minutes));
}

/** Parses `UTC` or `Europe/Berlin`; the error is a message for the author. */
export function parseZone(text: string): Result<string, string> {
  const what = 'write a time zone such as `UTC` or `Europe/Berlin`';
  if (!/^[A-Za-z][A-Za-z0-9_+/-]{1,40}$/.test(text)) return err(what);
  try {
    return ok(new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions().timeZone === '' ? 'UTC' : text);
  } catch {
    return err(`${what}: there is no zone of that name`);
  }
}

const MINUTE = 60_000;

/**
 * What the clock on the wall of a zone shows at a time, as the milliseconds of that date in UTC: so its hours and days
 * are computed as those of UTC are.
 */
export function wallClock(time: number, zone: string): number {
  return time + offset(time, zone);
}

/** The time at which the wall clock shows this. In the hour that summer time repeats it is one of both. */
export function fromWallClock(wall: number, zone: string): number {
  const near = wall - offset(wall, zone);
  return wall - offset(near, zone);
}

function offset(time: number, zone: string): number {
  if (zone === 'UTC') return 0;
  const parts = new Intl.DateTimeFormat('en', { ...FIELDS, timeZone: zone }).formatToParts(time);
  const at = (type: string): number => Number(parts.find((part) => part.type === type)?.value);
  const shown = Date.UTC(at('year'), at('month') - 1, at('day'), at('hour'), at('minute'));
  return shown - Math.floor(time / MINUTE) * MINUTE;
}

const FIELDS = {
  year: 'numeric',
  month: 'numeric',
  day: 'numeric',
  hour: 'numeric',
  minute: 'numeric',
  hourCycle: 'h23',
  calendar: 'gregory',
} as const;
