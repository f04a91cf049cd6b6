import { asciidocBlocks } from './asciidoc-blocks';
import { documentText } from './document-text';
import type { Extractor } from './extractor';
import { readBlock } from './read-block';

/** AsciiDoc: listing, literal and source blocks, and literal paragraphs. */
export const asciidocExtractor: Extractor = {
  accepts: ({ path, languageId }) => languageId === 'asciidoc' || /\.(?:adoc|asciidoc|asc)$/i.test(path),
  extract(document) {
    const source = documentText(document.placement);
    return asciidocBlocks(source.text).flatMap((block) => readBlock(source, block));
  },
};
