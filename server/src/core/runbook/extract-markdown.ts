import { span } from '../text/span';
import { readBlock } from './code-block';
import type { CodeBlock } from './code-block';
import { indentedBlocks } from './indented-blocks';
import type { Extractor } from './extractor';
import { linesOf } from './lines';
import type { Line } from './lines';

/** Markdown: its fences and indented blocks, also in lists and quotations. */
export const markdownExtractor: Extractor = {
  accepts: ({ path, languageId }) => languageId === 'markdown' || /\.(?:md|markdown|mdx)$/i.test(path),
  extract: ({ placement }) => blocksOf(placement.text).flatMap((block) => readBlock(placement, block)),
};

interface Fence {
  readonly mark: string;
  readonly language: string;
  /** How many characters of indentation the content loses. */
  readonly indent: number;
  readonly quoted: boolean;
  readonly lines: { readonly start: number; readonly end: number }[];
}

const OPEN = /^((?:[ \t]*>)*[ \t]*(?:(?:[-*+]|\d+[.)])[ \t]+)?)(`{3,}|~{3,})[ \t]*([^`]*)$/;

function blocksOf(text: string): readonly CodeBlock[] {
  const blocks: CodeBlock[] = [];
  const outside: (Line | undefined)[] = [];
  let fence: Fence | undefined;
  for (const line of linesOf(text)) {
    const written = text.slice(line.start, line.end);
    const open = fence ? undefined : OPEN.exec(written);
    outside.push(fence || open ? undefined : line);
    if (open) fence = openFence(open);
    else if (fence && closes(written, fence)) {
      blocks.push({ language: fence.language, lines: fence.lines });
      fence = undefined;
    } else fence?.lines.push(contentOf(line, written, fence));
  }
  // A fence that is not closed yet lasts to the end.
  if (fence) blocks.push({ language: fence.language, lines: fence.lines });
  return [...blocks, ...indentedBlocks(text, outside, { afterLists: false })].toSorted(byPlace);
}

const byPlace = (a: CodeBlock, b: CodeBlock): number => (a.lines[0]?.start ?? 0) - (b.lines[0]?.start ?? 0);

function openFence([, prefix = '', mark = '', info = '']: RegExpExecArray): Fence {
  const language = /^\{?\s*\.?([\w+-]+)/.exec(info.trim())?.[1]?.toLowerCase() ?? '';
  return { mark, language, indent: prefix.length, quoted: prefix.includes('>'), lines: [] };
}

function closes(written: string, { mark }: Fence): boolean {
  const closing = /^(?:[ \t]*>)*[ \t]*(`{3,}|~{3,})[ \t]*$/.exec(written)?.[1];
  return closing !== undefined && closing.startsWith(mark);
}

/** Without the quotation's mark and no more indentation than the fence has. */
function contentOf(
  line: Line,
  written: string,
  { indent, quoted }: Fence,
): { readonly start: number; readonly end: number } {
  const quote = quoted ? (/^(?:[ \t]*>)+[ \t]?/.exec(written)?.[0].length ?? 0) : 0;
  const blank = /^[ \t]*/.exec(written.slice(quote))?.[0].length ?? 0;
  return span(line.start + quote + Math.min(blank, Math.max(0, indent - quote)), line.end);
}
