import type { TextEdit } from 'vscode-languageserver/node';
import { formatPolicy } from '../core/policy/format-policy';
import { span } from '../core/text/span';
import { answer } from './answer';
import type { Feature } from './feature';
import { toRange } from './to-proto';

/** Lays out a policy; one with errors in its syntax, and every runbook, stays as it is. */
export const formatting: Feature = (context) => {
  context.connection.onDocumentFormatting(({ textDocument: { uri } }, token) =>
    answer<TextEdit[]>(context, { feature: 'format', uri, token, otherwise: [] }, ({ open, document, kind }) => {
      if (kind !== 'policy') return [];
      const formatted = formatPolicy(document.text);
      if (!formatted.ok || formatted.value === document.text) return [];
      const changed = difference(document.text, formatted.value);
      return [{ range: toRange(open, changed.span), newText: changed.newText }];
    }),
  );
  return { documentFormattingProvider: true };
};

/** The part between what both texts begin and end with, so that the cursor and folds outside of it stay. */
function difference(before: string, after: string) {
  const shorter = Math.min(before.length, after.length);
  let head = 0;
  while (head < shorter && before[head] === after[head]) head++;
  let tail = 0;
  while (tail < shorter - head && before.at(-1 - tail) === after.at(-1 - tail)) tail++;
  // A line end of two characters is not to be cut in two.
  if (before[head - 1] === '\r') head--;
  if (before.at(-tail) === '\n' && tail > 0) tail--;
  return { span: span(head, before.length - tail), newText: after.slice(head, after.length - tail) };
}
