/** What a progress notification says about a stream, from the bytes seen so far. Pure: the time is given. */
export interface Meter {
  readonly startedAt: number;
  readonly bytes: number;
  readonly total?: number;
}

const UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'] as const;

/** E.g. `1.2 GiB of 5.0 GiB · 24 % · 120 MiB/s · 00:32 left`; without a total, bytes and rate alone. `now` in ms. */
export function formatMeter({ startedAt, bytes, total }: Meter, now: number): string {
  const seconds = (now - startedAt) / 1000;
  const rate = seconds > 0 ? bytes / seconds : 0;
  const parts = [total === undefined ? formatBytes(bytes) : `${formatBytes(bytes)} of ${formatBytes(total)}`];
  if (total !== undefined && total > 0) parts.push(`${percentOf(bytes, total)} %`);
  if (rate > 0) parts.push(`${formatBytes(rate)}/s`);
  if (rate > 0 && total !== undefined && total > bytes) parts.push(`${formatDuration((total - bytes) / rate)} left`);
  return parts.join(' · ');
}

/** An estimate can be too small: never more than 99 before the end is known. */
export const percentOf = (bytes: number, total: number): number => Math.min(99, Math.floor((bytes / total) * 100));

export function formatBytes(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 1024 && unit < UNITS.length - 1) {
    value /= 1024;
    unit++;
  }
  return `${unit === 0 ? Math.round(value) : value.toFixed(1)} ${UNITS[unit]}`;
}

function formatDuration(seconds: number): string {
  const whole = Math.ceil(seconds);
  const clock = `${pad(Math.floor(whole / 60) % 60)}:${pad(whole % 60)}`;
  return whole < 3600 ? clock : `${Math.floor(whole / 3600)}:${clock}`;
}

const pad = (part: number): string => String(part).padStart(2, '0');
