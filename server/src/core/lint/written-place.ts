import { createPlacement, derived, placeOf, sliceOf } from '../shell/placed-text';
import type { PlacedText, Placement } from '../shell/placed-text';
import { span } from '../text/span';
import type { Span } from '../text/span';

/** Where the document writes the characters from `from` up to `to`: in the variable's value, when they come out of one. */
export function writtenPlace(placement: Placement, from: number, to: number): Span {
  const [only, ...others] = sliceOf(placement, from, to);
  if (only?.kind !== 'derived' || others.length > 0 || !only.value) return placeOf(placement, from, to);
  const value = createPlacement(only.value);
  return writtenPlace(value, 0, value.text.length);
}

/** Words as one text, with a blank between. */
export const joinWords = (words: readonly PlacedText[]): PlacedText =>
  words.flatMap((text, index) => (index === 0 ? text : [derived(' ', gapBefore(text)), ...text]));

const gapBefore = (text: PlacedText): Span => span(text[0]?.span.start ?? 0, text[0]?.span.start ?? 0);
