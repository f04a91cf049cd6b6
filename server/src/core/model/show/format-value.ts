/** Values as people read them; `-p` prints them raw. */
import type { Release } from '../state';
import { SPACE_LIMITS } from '../property-table';
import type { PropertyRule } from '../property-table';

export interface HowShown {
  readonly isExact: boolean;
  readonly release: Release;
}

export function formatValue(rule: PropertyRule | undefined, value: string, { isExact, release }: HowShown): string {
  if (isExact || value === '-' || rule?.format === undefined) return value;
  // 2.1 takes it for an amount, as it does not guids.
  if (rule.name === 'ivsetguid' && release === '2.1') return formatSize(Number(value)).replace(/B$/, '');
  if (SPACE_LIMITS.includes(rule.name) && value === '0') return 'none';
  if (rule.format === 'bytes') return formatSize(Number(value));
  if (rule.format === 'size') return formatSize(Number(value)).replace(/B$/, '');
  return rule.format === 'time' ? formatTime(Number(value)) : value;
}

const UNITS = ['B', 'K', 'M', 'G', 'T', 'P', 'E'];

/** As zfs_nicenum_format of zutil_nicenum.c: as many decimals as fit into four digits. */
export function formatSize(bytes: number): string {
  let index = 0;
  while (bytes / 1024 ** index >= 1024 && index < UNITS.length - 1) index++;
  const value = bytes / 1024 ** index;
  const unit = UNITS[index] ?? '';
  if (index === 0 || Number.isInteger(value)) return `${value}${unit}`;
  const decimals = value >= 100 ? 0 : value >= 10 ? 1 : 2;
  return `${value.toFixed(decimals)}${unit}`;
}

const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `Sun Nov 22 19:04 2026`, in UTC: the model's hosts have no other time zone. */
export function formatTime(seconds: number): string {
  const time = new Date(seconds * 1000);
  const day = String(time.getUTCDate()).padStart(2);
  const clock = `${String(time.getUTCHours()).padStart(2)}:${String(time.getUTCMinutes()).padStart(2, '0')}`;
  return `${DAYS[time.getUTCDay()]} ${MONTHS[time.getUTCMonth()]} ${day} ${clock} ${time.getUTCFullYear()}`;
}
