import { documentText } from './document-text';
import type { Extractor } from './extractor';
import { readBlock } from './read-block';
import { rstBlocks } from './rst-blocks';

/** reStructuredText: literal blocks and the directives for code. */
export const rstExtractor: Extractor = {
  accepts: ({ path, languageId }) => languageId === 'restructuredtext' || /\.(?:rst|rest)$/i.test(path),
  extract(document) {
    const source = documentText(document.placement);
    return rstBlocks(source.text).flatMap((block) => readBlock(source, block));
  },
};
