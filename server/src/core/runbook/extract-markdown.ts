import { documentText } from './document-text';
import type { Extractor } from './extractor';
import { markdownBlocks } from './markdown-blocks';
import { readBlock } from './read-block';

/**
 * Markdown: fenced and indented code, in lists and quotations too. Prose, inline code and the blocks of other languages are
 * none of it.
 */
export const markdownExtractor: Extractor = {
  accepts: ({ path, languageId }) => languageId === 'markdown' || languageId === 'mdx' || NAME.test(path),
  extract(document) {
    const source = documentText(document.placement);
    return markdownBlocks(source.text).flatMap((block) => readBlock(source, block));
  },
};

const NAME = /\.(?:md|markdown|mdown|mkd|mdx|qmd|rmd)$/i;
