import type { Placement } from '../shell/placed-text';
import type { Region } from './extractor';
import type { ListingLine } from './listing';
import { joinLines } from './listing-text';
import { tagMeaning } from './listing-tags';
import { readListing } from './read-listing';

/** A block of code of a document, with the tag that says what it is. */
export interface CodeBlock {
  readonly tag: string;
  readonly lines: readonly ListingLine[];
}

/** What a block holds: shell text, or a file that is read as what it is. */
export function readBlock(source: Placement, { tag, lines }: CodeBlock): readonly Region[] {
  const meaning = tagMeaning(tag);
  if (!meaning || lines.length === 0) return [];
  if (meaning.kind === 'file') return [{ kind: 'file', path: meaning.path, text: joinLines(source, lines) }];
  const first = lines.find(({ from, to }) => source.text.slice(from, to).trim() !== '');
  if (!first) return [];
  if (tag === '' && /^\[(?:Unit|Service|Timer)\]/.test(source.text.slice(first.from, first.to))) {
    return [{ kind: 'file', path: 'block.service', text: joinLines(source, lines) }];
  }
  return readListing({ source, lines, hint: meaning.hint, dialect: meaning.dialect });
}
