import type { Span } from '../text/span';
import { span } from '../text/span';
import type { YamlEntry, YamlNode } from '../yaml/yaml-tree';
import { lineEnd, lineStart } from './add-entries';
import { entrySpan } from './own-entries';

/** What has to go from a text for an entry to be gone; undefined where it does not stand by itself. */
export function entryRemoval(text: string, parent: YamlNode, entry: YamlEntry): Span | undefined {
  return parent.flow ? removalInFlow(text, parent, entry) : removalOfLines(text, parent, entry);
}

/** With the comma behind it, or that before it. */
function removalInFlow(text: string, parent: YamlNode, entry: YamlEntry): Span {
  const { start, end } = entrySpan(entry);
  const [behind] = /^\s*,\s*/.exec(text.slice(end, parent.span.end)) ?? [];
  if (behind !== undefined) return span(start, end + behind.length);
  const [before = ''] = /,\s*$/.exec(text.slice(parent.span.start, start)) ?? [];
  return span(start - before.length, end);
}

function removalOfLines(text: string, parent: YamlNode, entry: YamlEntry): Span | undefined {
  const { start, end } = entrySpan(entry);
  const from = lineStart(text, start);
  const alone = parent.kind === 'list' ? /^[ \t]*-[ \t]+$/ : /^[ \t]*$/;
  if (!alone.test(text.slice(from, start))) return undefined;
  const last = lineEnd(text, end);
  const newline = text.startsWith('\r\n', last) ? 2 : last < text.length ? 1 : 0;
  return span(from, last + newline);
}
