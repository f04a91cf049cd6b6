import { fromWallClock, wallClock } from '../policy/dates';
import type { Policy, Window } from '../policy/policy';
import type { Conflict } from './plan';

const MINUTE = 60_000;
const DAY = 1440;

/** Refuses a run that would begin outside of the policy's window; `now` is ISO 8601, UTC. */
export function windowConflicts({ name, window }: Policy, now: string): readonly Conflict[] {
  if (window === undefined) return [];
  const wall = wallClock(Date.parse(now), window.zone);
  const minute = Math.floor(wall / MINUTE) % DAY;
  if (isOpen(window, minute)) return [];
  const wait = (window.from - minute + DAY) % DAY;
  const opens = fromWallClock((Math.floor(wall / MINUTE) + wait) * MINUTE, window.zone);
  return [
    {
      code: 'window',
      subject: name,
      message: `it is ${clock(minute)} (${window.zone}), and window lets runs begin from ${clock(window.from)} to ${clock(window.to)}`,
      choices: [
        `Wait: it opens at ${new Date(opens).toISOString().slice(0, 16)}Z`,
        `Run all the same: \`rawsend run --any-time ${name}\``,
      ],
    },
  ];
}

const isOpen = ({ from, to }: Window, minute: number): boolean =>
  from < to ? minute >= from && minute < to : minute >= from || minute < to;

const clock = (minute: number): string =>
  [Math.floor(minute / 60), minute % 60].map((part) => String(part).padStart(2, '0')).join(':');
