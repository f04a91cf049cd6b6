import type { Document } from '../../server/src/core/lint/document';
import { mutate } from './mutations';
import { createRandom } from './random';
import type { Random } from './random';

/** The document of one run: a text of the corpus, or some lines of it, spoilt a few times. The same for ever. */
export function documentOfRun(corpus: readonly Document[], seed: number, run: number): Document {
  const random = createRandom(seed, run);
  const base = random.pick(corpus);
  const count = random.chance(0.9) ? random.between(1, 4) : random.between(5, 12);
  const text = Array.from({ length: count }).reduce<string>(
    (spoilt) => mutate(spoilt, random, random.pick(corpus).text),
    someLines(base.text, random),
  );
  return { ...base, text: text.slice(0, MAX_LENGTH) };
}

/** Many small texts find more than few large ones; how work grows with length is counted elsewhere. */
const MAX_LENGTH = 4000;
const MAX_LINES = 40;

function someLines(text: string, random: Random): string {
  const lines = text.split('\n');
  if (lines.length <= MAX_LINES) return text;
  const start = random.between(0, lines.length - MAX_LINES);
  return lines.slice(start, start + MAX_LINES).join('\n');
}
