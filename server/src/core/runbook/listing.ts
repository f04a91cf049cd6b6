import type { Placement } from '../shell/placed-text';
import type { Dialect } from './runbook';

/** A stretch of a document that shows commands, without what the document puts around it. */
export interface Listing {
  readonly source: Placement;
  readonly lines: readonly ListingLine[];
  readonly hint: ListingHint;
  /** By the block's tag, where it names a shell. */
  readonly dialect: Dialect;
}

/** What the document says that a listing is: nothing at all for a block without a tag, `prompted` for prose with prompts. */
export type ListingHint = 'script' | 'console' | 'none' | 'prompted';

/** Offsets in the source, without indentation of the document and without the line end. */
export interface ListingLine {
  readonly from: number;
  readonly to: number;
}

export const textOfLine = ({ source }: Listing, { from, to }: ListingLine): string => source.text.slice(from, to);

/** Every line of a text, without its end. */
export function linesOf(text: string): readonly ListingLine[] {
  const lines: ListingLine[] = [];
  for (let from = 0; from <= text.length;) {
    const newline = text.indexOf('\n', from);
    const to = newline === -1 ? text.length : newline;
    if (newline !== -1 || to > from) lines.push({ from, to });
    from = to + 1;
  }
  return lines;
}
