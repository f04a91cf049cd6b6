import { lineStart } from '../policy/add-entries';
import { span } from '../text/span';
import type { Span, TextEdit } from '../text/span';
import type { LintedPolicy } from './define-rule';

/** The section that gets a key. */
export interface Section extends Pick<LintedPolicy, 'spans' | 'text'> {
  readonly path: readonly string[];
}

/** Writes `key: value` before the first key of a section; undefined for one that has none, or that begins on the line of its own key. */
export function insertKey({ spans, text, path }: Section, written: string): TextEdit | undefined {
  const node = spans.node(path);
  const start = node?.firstKey?.start;
  if (node === undefined || start === undefined) return undefined;
  const at: Span = span(start, start);
  if (node.flow) return { span: at, newText: `${written}, ` };
  const indent = text.slice(lineStart(text, start), start);
  if (indent.trim() !== '') return undefined;
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  return { span: at, newText: `${written}${newline}${indent}` };
}
