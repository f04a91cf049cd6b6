import { span } from '../text/span';
import type { CodeBlock } from './code-block';
import type { Line } from './lines';

/**
 * Blocks that are set off by four blanks or a tab, after an empty line. `undefined` stands for a line of another block. Where
 * lists indent what goes on in them, blocks after an item are text of that item.
 */
export function indentedBlocks(
  text: string,
  lines: readonly (Line | undefined)[],
  { afterLists }: { readonly afterLists: boolean },
): readonly CodeBlock[] {
  const blocks: CodeBlock[] = [];
  let block: Line[] = [];
  let [afterEmpty, inList] = [true, false];
  const end = (): void => {
    while (block.length > 0 && isEmpty(text, block.at(-1))) block.pop();
    if (block.length > 0) blocks.push({ lines: block });
    block = [];
  };
  for (const line of lines) {
    const written = line ? text.slice(line.start, line.end) : '';
    const indent = line && /^(?: {4}|\t)/.exec(written)?.[0].length;
    if (line && written.trim() === '') {
      if (block.length > 0) block.push(span(line.start, line.start));
      afterEmpty = true;
    } else if (line && indent !== undefined && (block.length > 0 || (afterEmpty && (afterLists || !inList)))) {
      block.push(span(line.start + indent, line.end));
      afterEmpty = false;
    } else {
      end();
      if (indent === undefined) inList = /^\s*(?:[-*+]|\d+[.)])\s/.test(written) || (inList && /^\s/.test(written));
      afterEmpty = false;
    }
  }
  end();
  return blocks;
}

const isEmpty = (text: string, line: Line | undefined): boolean =>
  line !== undefined && text.slice(line.start, line.end).trim() === '';
