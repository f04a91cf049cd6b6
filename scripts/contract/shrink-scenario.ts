import type { Difference } from './compare';
import type { Scenario } from './scenario';

/** Plays on both sides, which costs seconds. */
export type Judge = (scenario: Scenario) => Promise<Difference | undefined>;

/** Enough for twenty lines; what is left then is small enough to be read. */
const MAX_PLAYED = 60;

/**
 * The fewest lines that still differ at the same kind of place: large pieces are left out first, then single lines, until none can
 * go.
 */
export async function shrinkScenario(scenario: Scenario, first: Difference, judge: Judge): Promise<Scenario> {
  const place = placeOf(first);
  // What follows the line that differs cannot be why it does.
  let kept = upTo(scenario.lines, first.line);
  let left = MAX_PLAYED;
  for (let size = Math.ceil(kept.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let at = 0; at < kept.length && left > 0; left--) {
      const lines = kept.toSpliced(at, size);
      const difference = lines.length === 0 ? undefined : await judge({ ...scenario, lines });
      if (difference && placeOf(difference) === place) kept = upTo(lines, difference.line);
      else at += size;
    }
  }
  return { ...scenario, lines: kept };
}

/** The last one of that text: the same line may stand there more than once, and agree before. */
function upTo(lines: readonly string[], line: string): readonly string[] {
  const end = lines.lastIndexOf(line);
  return end < 0 ? lines : lines.slice(0, end + 1);
}

/** What differs, of which commands; names and flags may be others. */
const placeOf = ({ what, line }: Difference): string =>
  [what, ...line.split(' | ').map((stage) => stage.split(' ').slice(0, 2).join(' '))].join(' | ');
