/** One line of the table: what Rawsend takes and what another program takes for the same texts in the same run. */
export interface BenchResult {
  readonly name: string;
  /** What is measured, and what is not. */
  readonly includes: string;
  readonly ours: number;
  readonly peer: number;
  readonly peerName: string;
  readonly unit: Unit;
  /** How many times more the other one takes. */
  readonly ratio: number;
  readonly target?: Target;
}

export type Unit = 's' | 'ms' | 'MiB';

export interface Target {
  /** `ratio` wants at least the limit, `ours` less than it. */
  readonly of: 'ratio' | 'ours';
  readonly limit: number;
  readonly met: boolean;
}

export type Measured = Omit<BenchResult, 'ratio' | 'target'> & { readonly target?: Omit<Target, 'met'> };

export function toResult({ target, ...measured }: Measured): BenchResult {
  const ratio = measured.peer / measured.ours;
  if (!target) return { ...measured, ratio };
  const met = target.of === 'ratio' ? ratio >= target.limit : measured.ours < target.limit;
  return { ...measured, ratio, target: { ...target, met } };
}

/** The value that the given share of the values does not exceed. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}

export const median = (values: readonly number[]): number => quantile(values, 0.5);

export const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
