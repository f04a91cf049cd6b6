import { parseDuration } from '../policy/units';
import type { Result } from '../result';
import { err, ok } from '../result';
import { DAY } from './days';

/** A time in which the target, or the link to it, is away. Seconds from the beginning of the simulation. */
export interface Outage {
  readonly from: number;
  readonly to: number;
}

/** Parses `3d@5`: three days, from the beginning of day 5 on. `@5.5` begins at its noon. */
export function parseOutage(text: string): Result<Outage, string> {
  const what = 'an outage such as `3d@5`, three days from day 5 on';
  const [length = '', day, ...more] = text.split('@');
  if (day === undefined || more.length > 0)
    return err(`write ${what}: one \`@\` stands between its length and its day`);
  const duration = parseDuration(length);
  if (!duration.ok) return err(`write ${what}: ${duration.error}`);
  if (!/^[0-9]+(?:\.[0-9]+)?$/.test(day) || Number(day) < 1) return err(`write ${what}: days count from 1`);
  const from = Math.round((Number(day) - 1) * DAY);
  return ok({ from, to: from + duration.value });
}

export const isAway = (outages: readonly Outage[], seconds: number): boolean =>
  outages.some(({ from, to }) => seconds >= from && seconds < to);
