import { dedentLines, indentOf } from './indentation';
import { linesOf } from './listing';
import type { ListingLine } from './listing';
import type { CodeBlock } from './read-block';

/** What is indented after `::` at the end of a paragraph, and after a directive for code. Comments are none of it. */
export function rstBlocks(text: string): readonly CodeBlock[] {
  const blocks: CodeBlock[] = [];
  let body: Body | undefined;
  for (const line of linesOf(text)) {
    const written = text.slice(line.from, line.to);
    const isBlank = written.trim() === '';
    if (body && (isBlank || indentOf(written, TAB_STOP) > body.indent)) {
      if (isBlank) body.begun = true;
      // Options of a directive stand before the first empty line.
      if (body.begun) body.lines.push(line);
      continue;
    }
    if (body) push(blocks, text, body);
    body = isBlank ? undefined : bodyAfter(written);
  }
  if (body) push(blocks, text, body);
  return blocks;
}

const TAB_STOP = 8;

interface Body {
  /** Undefined where the body is no code. */
  readonly tag: string | undefined;
  /** Of the line before it; what is indented further belongs to it. */
  readonly indent: number;
  readonly lines: ListingLine[];
  begun: boolean;
}

const DIRECTIVE = /^\s*\.\.[ \t]+([\w-]+)::[ \t]*(\S*)/;

const CODE: ReadonlySet<string> = new Set([
  'code-block',
  'code',
  'sourcecode',
  'prompt',
  'parsed-literal',
  'highlight',
]);

/** What a line says of the lines that are indented below it; undefined for a line of text. */
function bodyAfter(line: string): Body | undefined {
  const body = (tag: string | undefined): Body => ({ tag, indent: indentOf(line, TAB_STOP), lines: [], begun: false });
  const directive = DIRECTIVE.exec(line);
  if (directive) {
    const [, name = '', argument = ''] = directive;
    // Notes and the like hold text, which may begin behind them.
    if (!CODE.has(name)) return /::[ \t]+\S.*::\s*$/.test(line) ? body('') : undefined;
    return body(argument === '' || name === 'parsed-literal' ? '' : argument);
  }
  if (/^\s*\.\.(?:[ \t]|$)/.test(line)) return isTarget(line) ? undefined : body(undefined);
  return line.trimEnd().endsWith('::') ? body('') : undefined;
}

/** `.. _name:`, `.. [1]` and `.. |x|` have text of their own. */
const isTarget = (line: string): boolean => /^\s*\.\.[ \t]+(?:_|\[|\|)/.test(line);

function push(blocks: CodeBlock[], text: string, { tag, lines }: Body): void {
  if (tag === undefined || lines.length === 0) return;
  blocks.push({ tag, lines: dedentLines(text, lines, TAB_STOP) });
}
