import { span } from '../text/span';
import type { Span } from '../text/span';

/** What a caret line marks: a place in the line above it, and how the message begins. */
export interface Mark {
  readonly span: Span;
  readonly message: string;
}

const CARET_LINE = /^([ \t]*#?[ \t]*)(\^+) ?(.*)$/;

/** Takes the caret lines out of a rule's example. The marks are places in the text without them. */
export function readExample(annotated: string): { readonly text: string; readonly marks: readonly Mark[] } {
  const lines: string[] = [];
  const marks: Mark[] = [];
  let lineStart = 0;
  let next = 0;
  for (const line of annotated.split('\n')) {
    const [, indent, carets, message] = CARET_LINE.exec(line) ?? [];
    if (indent !== undefined && carets !== undefined && message !== undefined) {
      const start = lineStart + indent.length;
      marks.push({ span: span(start, start + carets.length), message });
      continue;
    }
    lines.push(line);
    lineStart = next;
    next += line.length + 1;
  }
  return { text: lines.join('\n'), marks };
}
