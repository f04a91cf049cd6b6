import { readBlock } from './code-block';
import type { CodeBlock } from './code-block';
import type { Extractor } from './extractor';
import { indentedBlocks } from './indented-blocks';
import { linesOf } from './lines';
import type { Line } from './lines';
import { looksLikeTranscript } from './transcript';

/** Plain text and AsciiDoc: prose, but for delimited source blocks, indented blocks, and lines with a prompt. */
export const textExtractor: Extractor = {
  accepts: ({ path, languageId }) =>
    languageId === 'plaintext' || languageId === 'asciidoc' || /\.(?:txt|text|adoc|asciidoc)$/i.test(path),
  extract: ({ placement }) => blocksOf(placement.text).flatMap((block) => readBlock(placement, block)),
};

const SOURCE = /^\[source,\s*(?:lang=)?([\w+-]+)/;
const DELIMITER = /^(-{4,}|\.{4,})\s*$/;

function blocksOf(text: string): readonly CodeBlock[] {
  const blocks: CodeBlock[] = [];
  const outside: (Line | undefined)[] = [];
  let open: { readonly delimiter: string; readonly language: string; readonly lines: Line[] } | undefined;
  let language = '';
  for (const line of linesOf(text)) {
    const written = text.slice(line.start, line.end);
    const delimiter = DELIMITER.exec(written)?.[1];
    outside.push(open || delimiter !== undefined ? undefined : line);
    if (open && written.trimEnd() === open.delimiter) {
      blocks.push({ language: open.language, lines: open.lines });
      open = undefined;
    } else if (open) open.lines.push(line);
    // Without a name a row of dashes is a heading or a rule.
    else if (delimiter !== undefined && language !== '') open = { delimiter, language, lines: [] };
    language = SOURCE.exec(written)?.[1]?.toLowerCase() ?? '';
  }
  const prose = outside.map((line) =>
    line && /^(?: {4}|\t)/.test(text.slice(line.start, line.end)) ? undefined : line,
  );
  return [...blocks, ...indentedBlocks(text, outside, { afterLists: true }), ...transcripts(text, prose)].toSorted(
    byPlace,
  );
}

const byPlace = (a: CodeBlock, b: CodeBlock): number => (a.lines[0]?.start ?? 0) - (b.lines[0]?.start ?? 0);

/** Paragraphs with a prompt in them. */
function transcripts(text: string, lines: readonly (Line | undefined)[]): readonly CodeBlock[] {
  const blocks: CodeBlock[] = [];
  let paragraph: Line[] = [];
  const end = (): void => {
    const written = paragraph.map(({ start, end: stop }) => text.slice(start, stop));
    if (looksLikeTranscript(written, true)) blocks.push({ language: 'console', lines: paragraph });
    paragraph = [];
  };
  for (const line of lines) {
    if (line && text.slice(line.start, line.end).trim() !== '') paragraph.push(line);
    else end();
  }
  end();
  return blocks;
}
