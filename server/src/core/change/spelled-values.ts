/** Values as people write them, and never rounded: two that differ are spelled differently. */
import type { Keep, Schedule, Window } from '../policy/policy';
import { parseSize } from '../policy/units';
import { formatBytes } from '../text/format-bytes';

export function spellBytes(bytes: number): string {
  const text = formatBytes(bytes);
  const parsed = parseSize(text);
  return parsed.ok && parsed.value === bytes ? text : `${text} (${bytes} bytes)`;
}

const UNITS: readonly (readonly [unit: string, seconds: number])[] = [
  ['w', 604_800],
  ['d', 86_400],
  ['h', 3600],
  ['min', 60],
];

/** `36 h`: in the largest unit that leaves no rest. */
export function spellDuration(seconds: number): string {
  const [unit, size] = UNITS.find(([, length]) => seconds % length === 0) ?? ['s', 1];
  return `${seconds / size} ${unit}`;
}

export const spellKeep = (keep: Keep['keep']): string =>
  Object.entries(keep)
    .map(([period, value]) => `${period} ${period === 'within' ? spellDuration(value) : value}`)
    .join(', ') || 'none';

export const spellSchedule = ({ every, cron, zone }: Schedule): string =>
  every === undefined ? `cron ${cron?.text ?? ''} (${zone})` : `every ${spellDuration(every)}`;

export const spellWindow = ({ from, to, zone }: Window): string => `from ${clock(from)} to ${clock(to)} (${zone})`;

const clock = (minute: number): string =>
  [Math.floor(minute / 60), minute % 60].map((part) => String(part).padStart(2, '0')).join(':');
