import { createPlacement, placeOf, sliceOf, unknown } from '../shell/placed-text';
import type { PlacedText, Placement, Run } from '../shell/placed-text';
import type { ListingLine } from './listing';

/** The lines as one text, each line end where the document has it. */
export function joinLines(source: Placement, lines: readonly ListingLine[]): PlacedText {
  const result: Run[] = [];
  let start = lines[0]?.from ?? 0;
  lines.forEach(({ to }, index) => {
    const next = lines[index + 1];
    // Lines that follow each other without anything between are one stretch.
    if (next?.from === to + 1) return;
    result.push(...sliceOf(source, start, next ? Math.min(to + 1, source.text.length) : to));
    start = next?.from ?? to;
  });
  return result;
}

/** `<pool>/<data set>` and `{pool}` in a document are names that the reader fills in: equal ones are equal. */
const PLACEHOLDER =
  /<([A-Za-z][\w./@:-]{0,40}(?: [\w./@:-]{1,40}){0,4})>|(?<![$\w])\{([A-Za-z][\w-]{0,40}(?: [\w-]{1,40}){0,4})\}/g;

export function fillPlaceholders(text: PlacedText): PlacedText {
  const placement = createPlacement(text);
  const result: Run[] = [];
  let plain = 0;
  for (const match of placement.text.matchAll(PLACEHOLDER)) {
    const [written, angled, braced] = match;
    const name = angled ?? braced ?? '';
    const end = match.index + written.length;
    if (match.index > plain) result.push(...sliceOf(placement, plain, match.index));
    result.push(unknown(written, `placeholder:${name.toLowerCase()}`, placeOf(placement, match.index, end)));
    plain = end;
  }
  if (plain === 0) return text;
  if (plain < placement.text.length) result.push(...sliceOf(placement, plain, placement.text.length));
  return result;
}
