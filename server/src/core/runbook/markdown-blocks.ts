import { dedentLine, indentOf } from './indentation';
import { linesOf } from './listing';
import type { ListingLine } from './listing';
import type { CodeBlock } from './read-block';

/**
 * The blocks of code of a Markdown text, in order: fences of any length, and lines that are indented by four columns more
 * than what they stand in. One pass over the lines; what a list item holds begins at its text.
 */
export function markdownBlocks(text: string): readonly CodeBlock[] {
  const reader: Reader = { text, blocks: [], lists: [], state: { kind: 'text', blank: true }, quotes: 0 };
  const lines = linesOf(text);
  for (let index = frontMatter(text, lines); index < lines.length; index++) {
    const line = lines[index];
    if (line) readLine(reader, line);
  }
  close(reader);
  return reader.blocks;
}

type State =
  | { readonly kind: 'text'; readonly blank: boolean }
  | { readonly kind: 'comment' }
  | { readonly kind: 'fence'; readonly fence: Fence; readonly lines: ListingLine[] }
  /** `blanks` are lines that belong to it if more code follows. */
  | {
      readonly kind: 'indented';
      readonly column: number;
      readonly lines: ListingLine[];
      readonly blanks: ListingLine[];
    };

interface Reader {
  readonly text: string;
  readonly blocks: CodeBlock[];
  /** The columns at which the text of the open list items begins. */
  lists: readonly number[];
  state: State;
  /** Depth of quotation of the line before. */
  quotes: number;
}

interface Fence {
  readonly mark: string;
  readonly column: number;
  readonly quotes: number;
  readonly tag: string;
}

/** Of YAML, at the very beginning. */
function frontMatter(text: string, lines: readonly ListingLine[]): number {
  if (!/^---[ \t]*(?:\n|$)/.test(text)) return 0;
  const end = lines.findIndex(
    ({ from, to }, index) => index > 0 && /^(?:---|\.\.\.)[ \t]*$/.test(text.slice(from, to)),
  );
  return end + 1;
}

function readLine(reader: Reader, line: ListingLine): void {
  const { state, text } = reader;
  if (state.kind === 'comment') {
    if (text.slice(line.from, line.to).includes('-->')) reader.state = { kind: 'text', blank: true };
    return;
  }
  const limit = state.kind === 'fence' ? state.fence.quotes : Infinity;
  const { inner, quotes } = stripQuotes(text, line, limit);
  if (state.kind === 'fence') {
    if (quotes === state.fence.quotes) return readFenced(reader, state, inner);
    close(reader);
  }
  // Another quotation is another context.
  if (quotes !== reader.quotes) {
    close(reader);
    reader.lists = [];
  }
  reader.quotes = quotes;
  readText(reader, inner);
}

function stripQuotes(
  text: string,
  { from, to }: ListingLine,
  limit: number,
): { readonly inner: ListingLine; readonly quotes: number } {
  const mark = /^ {0,3}> ?/;
  let [start, quotes] = [from, 0];
  while (quotes < limit) {
    const length = mark.exec(text.slice(start, Math.min(to, start + 6)))?.[0].length;
    if (length === undefined) break;
    start += length;
    quotes += 1;
  }
  return { inner: { from: start, to }, quotes };
}

function readFenced(
  reader: Reader,
  { fence, lines }: Extract<State, { readonly kind: 'fence' }>,
  line: ListingLine,
): void {
  const written = reader.text.slice(line.from, line.to).trim();
  const closes = fence.mark.startsWith('{')
    ? written.startsWith('{% endhighlight')
    : written.startsWith(fence.mark) && /^(?:`+|~+)$/.test(written);
  if (closes) close(reader);
  else lines.push(dedent(reader.text, line, fence.column));
}

function readText(reader: Reader, line: ListingLine): void {
  const { text, state } = reader;
  const written = text.slice(line.from, line.to);
  if (written.trim() === '') {
    if (state.kind === 'indented') state.blanks.push(dedent(text, line, state.column));
    else reader.state = { kind: 'text', blank: true };
    return;
  }
  const indent = columnsOf(written);
  if (state.kind === 'indented') {
    if (indent >= state.column) {
      state.lines.push(...state.blanks.splice(0), dedent(text, line, state.column));
      return;
    }
    close(reader);
  }
  const afterBlank = reader.state.kind === 'text' && reader.state.blank;
  if (afterBlank) reader.lists = reader.lists.filter((column) => column <= indent);
  const base = reader.lists.at(-1) ?? 0;
  if (afterBlank && indent >= base + 4) {
    reader.state = { kind: 'indented', column: base + 4, lines: [dedent(text, line, base + 4)], blanks: [] };
    return;
  }
  readBlockStart(reader, written);
}

/** Of Markdown, and of the Liquid templates that blogs are made with. */
const FENCE = /^([ \t]*)(`{3,}(?=[^`]*$)|~{3,}|\{% *highlight(?= ))[ \t]*(.*)$/;
const ITEM = /^([ \t]*)([-*+]|\d{1,9}[.)])([ \t]+)(?=\S)/;

/** A fence, a comment, a list item (which may begin with a fence), or a line of text. */
function readBlockStart(reader: Reader, written: string): void {
  const fence = FENCE.exec(written);
  if (fence) {
    const [, blank = '', mark = '', info = ''] = fence;
    const opened = { mark, column: columnsOf(blank), quotes: reader.quotes, tag: tagOf(info) };
    reader.state = { kind: 'fence', fence: opened, lines: [] };
    return;
  }
  const item = ITEM.exec(written);
  if (item) {
    const [whole, blank = '', marker = '', gap = ''] = item;
    const indent = columnsOf(blank);
    // After five blanks the item begins with indented code.
    const column = indent + marker.length + (gap.length > 4 ? 1 : columnsOf(gap));
    reader.lists = [...reader.lists.filter((outer) => outer <= indent), column];
    const rest = written.slice(whole.length);
    const opened = FENCE.exec(rest);
    if (opened) {
      const [, , mark = '', info = ''] = opened;
      reader.state = { kind: 'fence', fence: { mark, column, quotes: reader.quotes, tag: tagOf(info) }, lines: [] };
      return;
    }
  }
  const isComment = /^\s*<!--/.test(written) && !written.includes('-->');
  // A heading or a rule needs no blank line after it.
  const ends = /^\s*(?:#{1,6}\s|[-*_=](?:\s*[-*_=])+\s*$)|-->\s*$/.test(written);
  reader.state = isComment ? { kind: 'comment' } : { kind: 'text', blank: ends };
}

/** Ends the open block; one that nothing closes lasts to the end. */
function close(reader: Reader): void {
  const { state } = reader;
  if (state.kind === 'fence') reader.blocks.push({ tag: state.fence.tag, lines: state.lines });
  if (state.kind === 'indented') reader.blocks.push({ tag: '', lines: state.lines });
  reader.state = { kind: 'text', blank: state.kind !== 'text' || state.blank };
}

/** `bash` of `bash title="x"`, `{.bash .numberLines}`, `{bash}` and `bash:send.sh`. */
const tagOf = (info: string): string => /^\{?\s*\.?([\w+#-]*)/.exec(info)?.[1] ?? '';

const TAB_STOP = 4;

const dedent = (text: string, line: ListingLine, columns: number): ListingLine =>
  dedentLine(text, line, columns, TAB_STOP);

const columnsOf = (blank: string): number => indentOf(blank, TAB_STOP);
