/** From one release on, before another. */
export interface VersionRange {
  readonly from?: string;
  readonly before?: string;
}

/**
 * Whether a version lies in a range. `2.2` stands for every release of that series, so it may lie in one that ends at 2.2.8:
 * `maybe`.
 */
export function rangeHolds(version: string, { from, before }: VersionRange): 'yes' | 'no' | 'maybe' {
  const [first, last] = [padded(version, 0), padded(version, Infinity)];
  const isAfter = from !== undefined && compare(last, padded(from, 0)) < 0;
  const isPast = before !== undefined && compare(first, padded(before, 0)) >= 0;
  if (isAfter || isPast) return 'no';
  const begins = from === undefined || compare(first, padded(from, 0)) >= 0;
  const ends = before === undefined || compare(last, padded(before, 0)) < 0;
  return begins && ends ? 'yes' : 'maybe';
}

/** Three numbers; what is not said is `filler`. Letters such as those of `2.4.0-rc1` are left out. */
function padded(version: string, filler: number): readonly number[] {
  const numbers = version
    .replace(/^[^\d]*/, '')
    .split(/[^\d.]/, 1)[0]
    ?.split('.')
    .map(Number);
  return [0, 1, 2].map((index) => numbers?.[index] ?? filler);
}

function compare(a: readonly number[], b: readonly number[]): number {
  for (const [index, left] of a.entries()) {
    const right = b[index] ?? 0;
    if (left !== right) return left < right ? -1 : 1;
  }
  return 0;
}
