/** The one table of what matters most to safety in a change of a policy. */
import { HOST_WORDS } from './host-words';
import { PLAN_WORDS } from './plan-words';
import type { Changed, SafetyRow, SafetyWord, Weight } from './safety-word';
import { switches } from './safety-word';
import { SWITCH_WORDS } from './switch-words';
import { VALUE_WORDS } from './value-words';

/** In the order in which they are told, within their weight. */
export const SAFETY_WORDS: readonly SafetyRow[] = [
  ...SWITCH_WORDS.flatMap(switches),
  ...PLAN_WORDS,
  ...HOST_WORDS,
  ...VALUE_WORDS,
];

const ORDER: readonly Weight[] = ['risk', 'note', 'relief'];

/** What makes less safe comes first. */
export function findWords(changed: Changed): readonly SafetyWord[] {
  const found = SAFETY_WORDS.flatMap(({ id, weight, find }) => find(changed).map((said) => ({ id, weight, ...said })));
  return found.toSorted((a, b) => ORDER.indexOf(a.weight) - ORDER.indexOf(b.weight));
}
