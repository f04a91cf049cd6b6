import { span } from '../text/span';
import { readBlock } from './code-block';
import type { CodeBlock } from './code-block';
import type { Extractor } from './extractor';
import { linesOf } from './lines';
import type { Line } from './lines';

/** reStructuredText: literal blocks and code directives. */
export const rstExtractor: Extractor = {
  accepts: ({ path, languageId }) => languageId === 'restructuredtext' || /\.(?:rst|rest)$/i.test(path),
  extract: ({ placement }) => blocksOf(placement.text).flatMap((block) => readBlock(placement, block)),
};

const DIRECTIVE = /^(\s*)\.\.\s+(?:code-block|code|sourcecode|prompt)::\s*([\w+-]*)/;
const COMMENT = /^\s*\.\.(?:\s|$)/;

function blocksOf(text: string): readonly CodeBlock[] {
  const lines = linesOf(text);
  const blocks: CodeBlock[] = [];
  for (let index = 0; index < lines.length; index++) {
    const written = writtenOf(text, lines[index]);
    const directive = DIRECTIVE.exec(written);
    const isLiteral = !directive && written.trimEnd().endsWith('::') && !COMMENT.test(written);
    if (!directive && !isLiteral) continue;
    const body = bodyOf(text, lines, { from: index + 1, indent: indentOf(written) });
    index = body.next - 1;
    const language = directive?.[2]?.toLowerCase();
    const own = directive ? withoutOptions(text, body.lines) : body.lines;
    if (own.length > 0) blocks.push(language ? { language, lines: own } : { lines: own });
  }
  return blocks;
}

const writtenOf = (text: string, line: Line | undefined): string => (line ? text.slice(line.start, line.end) : '');

const indentOf = (written: string): number => written.length - written.trimStart().length;

interface Body {
  readonly lines: readonly Line[];
  /** The first line behind it. */
  readonly next: number;
}

/** Everything that is indented further, with what it has in common taken away. */
function bodyOf(text: string, lines: readonly Line[], at: { readonly from: number; readonly indent: number }): Body {
  let next = at.from;
  let common = Infinity;
  for (; next < lines.length; next++) {
    const written = writtenOf(text, lines[next]);
    if (written.trim() === '') continue;
    if (indentOf(written) <= at.indent) break;
    common = Math.min(common, indentOf(written));
  }
  const body = lines.slice(at.from, next).map(({ start, end }) => span(Math.min(start + common, end), end));
  return { lines: body, next };
}

/** `:linenos:` and the like stand before the code. */
function withoutOptions(text: string, lines: readonly Line[]): readonly Line[] {
  const first = lines.findIndex((line) => !/^\s*:[\w-]+:/.test(writtenOf(text, line)));
  return first === -1 ? [] : lines.slice(first);
}
