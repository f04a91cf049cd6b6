import type { Style } from '../style';
import { wrapText } from './wrap-text';

/** How a page is shown. */
export interface Page {
  readonly style: Style;
  /** Of a line, in characters. */
  readonly width: number;
}

/**
 * Markdown as a terminal can show it: headings stand out, code is indented and kept as it is, everything else is wrapped.
 * It knows what the pages of the rules consist of, and passes over what else Markdown can do as text.
 */
export function formatMarkdown(markdown: string, page: Page): string {
  return `${readBlocks(markdown.split('\n'))
    .map((block) => FORMATTERS[block.kind](block.lines, page).join('\n'))
    .join('\n\n')}\n`;
}

type Kind = 'heading' | 'code' | 'list' | 'table' | 'paragraph';

interface Block {
  readonly kind: Kind;
  readonly lines: readonly string[];
}

/** What the first line of a block looks like. */
const STARTS: readonly (readonly [Kind, RegExp])[] = [
  ['heading', /^#{1,6} /],
  ['code', /^```/],
  ['list', /^\s*(?:[-*]|\d+\.) /],
  ['table', /^\|/],
];

const kindOf = (line: string): Kind => STARTS.find(([, start]) => start.test(line))?.[0] ?? 'paragraph';

function readBlocks(lines: readonly string[]): readonly Block[] {
  const blocks: Block[] = [];
  let at = 0;
  while (at < lines.length) {
    const line = lines[at] ?? '';
    const kind = kindOf(line);
    const end = line === '' ? at + 1 : endOfBlock(lines, at, kind);
    if (line !== '') blocks.push({ kind, lines: lines.slice(at, end) });
    at = end;
  }
  return blocks;
}

/** A fence ends at its other end; a heading is one line; everything else goes on until a blank line or another kind begins. */
function endOfBlock(lines: readonly string[], start: number, kind: Kind): number {
  if (kind === 'heading') return start + 1;
  let end = start + 1;
  const ends = (line: string): boolean => {
    if (kind === 'code') return line.startsWith('```');
    const next = kindOf(line);
    return line === '' || (next !== kind && next !== 'paragraph');
  };
  while (end < lines.length && !ends(lines[end] ?? '')) end++;
  return kind === 'code' ? Math.min(end + 1, lines.length) : end;
}

const FORMATTERS: Readonly<Record<Kind, (lines: readonly string[], page: Page) => readonly string[]>> = {
  heading: ([line = ''], { style }) => [style.strong(plain(line.replace(/^#+ /, '')))],
  code: (lines) =>
    lines.slice(1, lines.at(-1)?.startsWith('```') ? -1 : undefined).map((line) => `    ${line}`.trimEnd()),
  list: (lines, page) => readItems(lines).flatMap((item) => formatItem(item, page)),
  table: formatTable,
  paragraph: (lines, page) => wrapInline(lines.join(' '), page.width, page.style),
};

/** Lines that begin no item of their own belong to the one before. */
function readItems(lines: readonly string[]): readonly string[] {
  const items: string[] = [];
  for (const line of lines) {
    const last = items.pop();
    if (last !== undefined && kindOf(line) === 'list') items.push(last, line);
    else items.push(last === undefined ? line : `${last} ${line.trim()}`);
  }
  return items;
}

function formatItem(item: string, { style, width }: Page): readonly string[] {
  const [mark = ''] = /^\s*(?:[-*]|\d+\.) /.exec(item) ?? [];
  const indent = ' '.repeat(mark.length);
  const lines = wrapInline(item.slice(mark.length), width - mark.length, style);
  return lines.map((line, index) => (index === 0 ? mark : indent) + line);
}

/** Columns as wide as their widest cell; too wide a table is for the terminal to wrap. */
function formatTable(lines: readonly string[], { style }: Page): readonly string[] {
  const rows = lines
    .filter((line) => !/^\|[-:| ]+\|?$/.test(line))
    .map((line) =>
      line
        .replace(/^\||\|\s*$/g, '')
        .split('|')
        .map((cell) => plain(cell.trim())),
    );
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row, index) => {
    const line = row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd();
    return index === 0 ? style.strong(line) : line;
  });
}

/** A link is its text; code keeps its backticks, which say where a command begins and ends. */
const plain = (text: string): string => withoutLinks(text).replaceAll('**', '');

const withoutLinks = (text: string): string => text.replaceAll(/\[([^\]]+)\]\([^)\s]+\)/g, '$1');

/** Stands for a blank at which no line may break: a command is read more easily in one piece. */
const GLUE = '\uE000';

/** Wraps first and paints then, because what colours a word takes no room. */
function wrapInline(text: string, width: number, style: Style): readonly string[] {
  const glued = withoutLinks(text).replaceAll(/`[^`]+`/g, (code) => code.replaceAll(' ', GLUE));
  const wrapped = wrapText(glued, Math.max(20, width)).join('\n').replaceAll(GLUE, ' ');
  const painted = wrapped.replaceAll(/\*\*([^*]+)\*\*/g, (_, strong: string) =>
    strong.split('\n').map(style.strong).join('\n'),
  );
  return painted.split('\n');
}
