import { createPlacement, derived, placeOf, sliceOf } from '../shell/placed-text';
import type { PlacedText, Run } from '../shell/placed-text';

/**
 * Text that is split into words with quotes, but that no shell reads: what would be an operator to a shell is made an
 * ordinary letter by a backslash that nobody wrote.
 */
export function unshelledText(text: PlacedText): PlacedText {
  const placement = createPlacement(text);
  const result: Run[] = [];
  let [plain, quote] = [0, ''];
  for (const match of placement.text.matchAll(/\\[^]|["'|&;<>()`*?#~]/g)) {
    const [token] = match;
    if (token === quote) quote = '';
    else if (quote === '' && (token === "'" || token === '"')) quote = token;
    else if (quote === '' && token.length === 1) {
      if (match.index > plain) result.push(...sliceOf(placement, plain, match.index));
      result.push(derived('\\', placeOf(placement, match.index, match.index)));
      plain = match.index;
    }
  }
  return plain === 0 && result.length === 0 ? text : [...result, ...sliceOf(placement, plain, placement.text.length)];
}
