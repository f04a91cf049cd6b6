/** The last pass of the layout: flow collections that are too long for a line become blocks. */
import { isMap } from 'yaml';
import type { TextEdit } from '../text/span';
import { applyEdits, span } from '../text/span';
import type { Flow } from './format-flow';
import { blockLines, flowText } from './format-flow';
import { walkBlocks } from './format-walk';

/** Columns that a line may take up to the end of a flow collection. */
const WIDTH = 100;

/** What is in a collection that was broken may have to be broken as well. */
export function breakLongFlows(text: string): string {
  const edits: TextEdit[] = [];
  walkBlocks(text, {
    key: () => undefined,
    dash: () => undefined,
    value: () => undefined,
    flow(flow, level) {
      const edit = breakFlow(flow, text, level);
      if (edit !== undefined) edits.push(edit);
    },
  });
  return edits.length === 0 ? text : breakLongFlows(applyEdits(text, edits));
}

function breakFlow(flow: Flow, text: string, level: number): TextEdit | undefined {
  const [start = 0, end = 0] = flow.range ?? [];
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  const before = text.slice(lineStart, start);
  if (end - lineStart <= WIDTH || flowText(flow, text) !== text.slice(start, end)) return undefined;
  const lines = blockLines(flow, text);
  if (lines === undefined) return undefined;
  const lineEnd = text.indexOf('\n', end);
  const comment = text.slice(end, lineEnd).trim();
  const indent = `\n${' '.repeat(level * 2)}`;
  const isItem = /^\s*(?:- )+$/.test(before);
  // The first line of a list within a list, or of a value on a line of its own, has no key to stand below.
  if (isItem ? !isMap(flow) : !/:(?: [&!]\S*)* $/.test(before)) return undefined;
  const newText = isItem
    ? [[lines[0], comment].filter(Boolean).join(' '), ...lines.slice(1)].join(indent)
    : [comment === '' ? '' : ` ${comment}`, ...lines].join(indent);
  return { span: span(isItem ? start : start - 1, lineEnd < 0 ? text.length : lineEnd), newText };
}
