import { formatBytes } from '../../core/text/format-bytes';
import type { Output } from '../io';
import { formatDuration } from '../reporters/format-duration';
import { harmless } from '../style';
import { createRateMeter, type RateMeter } from './rate-meter';

/** Redrawing more often costs more than it tells. */
const REDRAW_MS = 200;

const BAR_WIDTH = 20;

/** One line of a terminal that is drawn over and over while bytes flow. */
export interface ProgressLine {
  readonly start: (title: string) => void;
  readonly update: (bytes: number, total: number | undefined) => void;
  /** Takes the line away, so that something else can be printed. */
  readonly clear: () => void;
}

export function createProgressLine(output: Output, now: () => Date): ProgressLine {
  let title = '';
  let meter: RateMeter = createRateMeter();
  let drawnAt = Number.NEGATIVE_INFINITY;
  let visible = false;
  const clear = (): void => {
    if (visible) output.write('\r\u001B[K');
    visible = false;
  };
  return {
    clear,
    start: (next) => {
      title = next;
      meter = createRateMeter();
      drawnAt = Number.NEGATIVE_INFINITY;
    },
    update: (bytes, total) => {
      const time = now().getTime();
      meter.add(time, bytes);
      if (time - drawnAt < REDRAW_MS) return;
      drawnAt = time;
      visible = true;
      const line = formatProgress({ title, bytes, rate: meter.rate(), ...(total !== undefined && { total }) });
      // The last cell stays free: some terminals wrap as soon as it is written.
      output.write(`\r${fit(line, output.columns() - 1)}\u001B[K`);
    },
  };
}

export interface Progress {
  readonly title: string;
  readonly bytes: number;
  readonly total?: number;
  /** Bytes per second; undefined before two points are known. */
  readonly rate: number | undefined;
}

/** `[#####---------------]  25%  1.0 GiB of 4.0 GiB  34 MiB/s  ETA 1 min 30 s  tank/prod/db`. */
export function formatProgress({ title, bytes, total, rate }: Progress): string {
  const speed = rate === undefined ? [] : [`${formatBytes(rate)}/s`];
  if (total === undefined || total <= 0) return [formatBytes(bytes), ...speed, harmless(title)].join('  ');
  // An estimate can be short of the truth, and nothing is complete before the receive has said so.
  const share = Math.min(0.99, bytes / total);
  const filled = Math.floor(share * BAR_WIDTH);
  const bar = `[${'#'.repeat(filled)}${'-'.repeat(BAR_WIDTH - filled)}]`;
  const percent = `${Math.floor(share * 100)}%`.padStart(4);
  const left =
    rate === undefined || rate <= 0 || bytes >= total ? [] : [`ETA ${formatDuration((total - bytes) / rate)}`];
  return [
    `${bar}${percent}`,
    `${formatBytes(bytes)} of ${formatBytes(total)}`,
    ...speed,
    ...left,
    harmless(title),
  ].join('  ');
}

const fit = (line: string, width: number): string =>
  line.length <= width ? line : `${line.slice(0, Math.max(0, width - 1))}…`;
