/** The five fields of crontab(5), and when they come true. */
import type { Result } from '../result';
import { err, ok } from '../result';
import { show } from '../yaml/problem';

export interface Cron {
  /** As it was written. */
  readonly text: string;
  readonly minutes: readonly number[];
  readonly hours: readonly number[];
  readonly days: readonly number[];
  /** From 1. */
  readonly months: readonly number[];
  /** From 0, Sunday. */
  readonly weekdays: readonly number[];
  /** With both a day of the month and one of the week, either is enough: so crontab(5). */
  readonly eitherDay: boolean;
}

interface Field {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  readonly words: readonly string[];
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

const MINUTE: Field = { name: 'minute', from: 0, to: 59, words: [] };
const HOUR: Field = { name: 'hour', from: 0, to: 23, words: [] };
const DAY: Field = { name: 'day of the month', from: 1, to: 31, words: [] };
const MONTH: Field = { name: 'month', from: 1, to: 12, words: MONTHS };
const WEEKDAY: Field = { name: 'day of the week', from: 0, to: 7, words: WEEKDAYS };

/** Parses `0 2 * * *`; the error is a message for the author. */
export function parseCron(text: string): Result<Cron, string> {
  const written = text.trim().split(/\s+/);
  if (written.length !== 5)
    return err('write the five fields of crontab, `minute hour day month weekday`, such as `0 2 * * *`');
  const [minute = '', hour = '', day = '', month = '', weekday = ''] = written;
  const minutes = parseField(minute, MINUTE);
  const hours = parseField(hour, HOUR);
  const days = parseField(day, DAY);
  const months = parseField(month, MONTH);
  const weekdays = parseField(weekday, WEEKDAY);
  for (const parsed of [minutes, hours, days, months, weekdays]) if (!parsed.ok) return parsed;
  if (!minutes.ok || !hours.ok || !days.ok || !months.ok || !weekdays.ok) return err('');
  const cron: Cron = {
    text: text.trim(),
    minutes: minutes.value,
    hours: hours.value,
    days: days.value,
    months: months.value,
    weekdays: unique(weekdays.value.map((one) => one % 7)),
    eitherDay: !day.startsWith('*') && !weekday.startsWith('*'),
  };
  const never = lastTime(cron, Date.UTC(2028, 11, 31)) === undefined;
  return never ? err('these days never come: no such month has so many') : ok(cron);
}

/** The newest time at or before `wall` at which it comes true; all are milliseconds of a wall clock. */
export function lastTime(cron: Cron, wall: number): number | undefined {
  const today = Math.floor(wall / DAY_MS);
  const times = cron.hours.flatMap((hour) => cron.minutes.map((minute) => (hour * 60 + minute) * MINUTE_MS));
  for (let day = today; day > today - LONGEST; day -= 1) {
    if (!isDay(cron, day)) continue;
    const found = times.findLast((time) => day * DAY_MS + time <= wall);
    if (found !== undefined) return day * DAY_MS + found;
  }
  return undefined;
}

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
/** February 29 comes every four years, and around 2100 after eight. */
const LONGEST = 366 * 8 + 2;

/** Whether it comes true on a day, counted from that of Unix time. */
export function isDay(cron: Cron, day: number): boolean {
  const date = new Date(day * DAY_MS);
  const ofMonth = cron.days.includes(date.getUTCDate());
  const ofWeek = cron.weekdays.includes(date.getUTCDay());
  return cron.months.includes(date.getUTCMonth() + 1) && (cron.eitherDay ? ofMonth || ofWeek : ofMonth && ofWeek);
}

function parseField(text: string, field: Field): Result<readonly number[], string> {
  const values: number[] = [];
  for (const part of text.split(',')) {
    const [, range = '', step] = /^([^/]+)(?:\/([0-9]{1,3}))?$/.exec(part) ?? [];
    const [first = '', last] = range.split('-');
    const from = range === '*' ? field.from : valueOf(first, field);
    const open = step === undefined ? from : field.to;
    const to = range === '*' ? field.to : last === undefined ? open : valueOf(last, field);
    const width = Number(step ?? 1);
    if (from === undefined || to === undefined || from > to || width < 1 || range.split('-').length > 2)
      return err(`${show(part)} is no ${field.name}: they go from ${field.from} to ${field.to}`);
    for (let value = from; value <= to; value += width) values.push(value);
  }
  return ok(unique(values));
}

function valueOf(text: string, { from, to, words }: Field): number | undefined {
  const word = words.indexOf(text.toLowerCase());
  const value = word >= 0 ? word + (from === 1 ? 1 : 0) : /^[0-9]{1,2}$/.test(text) ? Number(text) : -1;
  return value >= from && value <= to ? value : undefined;
}

const unique = (values: readonly number[]): readonly number[] => [...new Set(values)].toSorted((a, b) => a - b);
