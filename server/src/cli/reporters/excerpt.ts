import type { LineIndex } from '../../core/text/line-index';
import type { Span } from '../../core/text/span';
import { harmless, type Style } from '../style';

/** Longer lines are cut, so that a minified file does not flood the terminal. */
const MAX_WIDTH = 160;

/** How one file is shown: shared by all of its findings. */
export interface Layout {
  readonly text: string;
  readonly index: LineIndex;
  readonly style: Style;
}

interface Excerpt {
  readonly lines: readonly string[];
  /** Cells left of the bar. */
  readonly margin: number;
}

/** The source line in which a span begins, with carets under the part of it that the span covers. */
export function formatExcerpt({ text, index, style }: Layout, span: Span, paint: (text: string) => string): Excerpt {
  const { line, column } = index.at(span.start);
  const lineStart = span.start - (column - 1);
  const source = lineAt(text, lineStart);
  const cut = Math.max(0, Math.min(column - 1 - MAX_WIDTH / 4, source.length - MAX_WIDTH));
  const ellipsis = cut > 0 ? '…' : '';
  const shown = ellipsis + harmless(source.slice(cut, cut + MAX_WIDTH));
  const before = ellipsis + harmless(source.slice(cut, column - 1));
  const marked = harmless(source.slice(column - 1, Math.min(span.end - lineStart, cut + MAX_WIDTH)));
  const indent = before.replaceAll(/[^\t]/gu, (character) => ' '.repeat(widthOf(character)));
  const number = String(line);
  return {
    margin: number.length,
    lines: [
      `${style.faint(`${number} |`)} ${shown}`.trimEnd(),
      `${style.faint(`${' '.repeat(number.length)} |`)} ${indent}${paint('^'.repeat(Math.max(1, widthOf(marked))))}`,
    ],
  };
}

function lineAt(text: string, start: number): string {
  const length = text.slice(start).search(/[\r\n]/);
  return length === -1 ? text.slice(start) : text.slice(start, start + length);
}

const WIDE =
  /[\u1100-\u115F\u2E80-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6]|\p{Emoji_Presentation}/u;

/** Cells that a text takes in a terminal: 2 for East Asian wide characters and emoji, 0 for combining marks. */
function widthOf(text: string): number {
  let width = 0;
  for (const character of text) {
    if (/\p{Mn}/u.test(character)) continue;
    width += WIDE.test(character) ? 2 : 1;
  }
  return width;
}
