/** The first pass of the layout: what stands between the words of a line. */
import type { Span, TextEdit } from '../text/span';
import { applyEdits, span } from '../text/span';
import { flowText } from './format-flow';
import { walkBlocks } from './format-walk';
import { commentPlaces } from './yaml-comments';

/** One blank after a colon and before a comment, and each flow collection without a comment on one line. */
export function closeGaps(text: string): string {
  const edits: TextEdit[] = [];
  const colons: TextEdit[] = [];
  const flows: Span[] = [];
  const kept: Span[] = [];
  const comments = commentPlaces(text);
  walkBlocks(text, {
    key({ end }) {
      const colon = /^[ \t]*:(?:[ \t]+(?=[^\s#]))?/.exec(text.slice(end))?.[0];
      if (colon !== undefined)
        colons.push({ span: span(end, end + colon.length), newText: colon.endsWith(':') ? ':' : ': ' });
    },
    dash: () => undefined,
    value: () => undefined,
    flow(flow) {
      const place = span(flow.range?.[0] ?? 0, flow.range?.[1] ?? 0);
      flows.push(place);
      const line = comments.some(({ start }) => isIn(place, start)) ? undefined : flowText(flow, text);
      if (line === undefined) kept.push(place);
      else edits.push({ span: place, newText: line });
    },
  });
  // What is aligned with the beginning of a collection must not see it move.
  const opens = new Set(kept.map(({ start }) => start));
  edits.push(...colons.filter((colon) => !opens.has(colon.span.end)));
  // A comment within a flow collection keeps it as it was written, columns and all.
  for (const { start } of comments.filter((comment) => !flows.some((flow) => isIn(flow, comment.start)))) {
    const [gap = ''] = /[ \t]*$/.exec(text.slice(text.lastIndexOf('\n', start - 1) + 1, start)) ?? [];
    if (start - gap.length > 0 && text.charAt(start - gap.length - 1) !== '\n')
      edits.push({ span: span(start - gap.length, start), newText: ' ' });
  }
  return applyEdits(text, edits);
}

const isIn = ({ start, end }: Span, offset: number): boolean => start <= offset && offset < end;
