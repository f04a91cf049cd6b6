import { contains } from '../text/span';
import type { Suppression } from './suppressions';

/** Suppressions made ready to be asked for a place. */
export type SuppressionIndex = ReadonlyMap<string, RuleIndex>;

interface RuleIndex {
  /** Sorted by where their lines begin. */
  readonly entries: readonly Suppression[];
  /** Where the lines of any entry up to this one end at the latest. */
  readonly reach: readonly number[];
}

export function indexSuppressions(suppressions: readonly Suppression[]): SuppressionIndex {
  const byRule = new Map<string, Suppression[]>();
  for (const suppression of suppressions) {
    const entries = byRule.get(suppression.rule);
    if (entries) entries.push(suppression);
    else byRule.set(suppression.rule, [suppression]);
  }
  return new Map([...byRule].map(([rule, entries]) => [rule, toRuleIndex(entries)]));
}

function toRuleIndex(unsorted: readonly Suppression[]): RuleIndex {
  const entries = unsorted.toSorted((a, b) => a.lines.start - b.lines.start);
  let furthest = 0;
  return { entries, reach: entries.map(({ lines }) => (furthest = Math.max(furthest, lines.end))) };
}

/** The suppressions of a rule whose lines hold the place. */
export function suppressionsAt(index: SuppressionIndex, rule: string, offset: number): readonly Suppression[] {
  const { entries, reach } = index.get(rule) ?? { entries: [], reach: [] };
  let [low, high] = [0, entries.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((entries[middle]?.lines.start ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  const found: Suppression[] = [];
  for (let i = low - 1; i >= 0 && (reach[i] ?? 0) >= offset; i--) {
    const entry = entries[i];
    if (entry && contains(entry.lines, offset)) found.push(entry);
  }
  return found;
}
