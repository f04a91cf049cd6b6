/** Long enough to smooth a receive that writes in bursts, short enough to show that it stalls. */
const WINDOW_MS = 10_000;

export interface RateMeter {
  /** Takes the bytes carried so far at a time in milliseconds. */
  readonly add: (time: number, bytes: number) => void;
  /** Bytes per second over the last ten seconds; undefined before two points are known. */
  readonly rate: () => number | undefined;
}

export function createRateMeter(): RateMeter {
  let points: readonly { readonly time: number; readonly bytes: number }[] = [];
  return {
    add: (time, bytes) => {
      const recent = points.filter((point) => time - point.time <= WINDOW_MS);
      points = [...(recent.length > 0 ? recent : points.slice(-1)), { time, bytes }];
    },
    rate: () => {
      const first = points[0];
      const last = points.at(-1);
      if (first === undefined || last === undefined || last.time <= first.time) return undefined;
      return Math.max(0, (last.bytes - first.bytes) / ((last.time - first.time) / 1000));
    },
  };
}
