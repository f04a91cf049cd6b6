import type { DocumentHighlight } from 'vscode-languageserver/node';
import { DocumentHighlightKind } from 'vscode-languageserver/node';
import { findUsesIn } from '../core/policy/navigate-policy';
import { answer } from './answer';
import type { Feature } from './feature';
import { fromPosition } from './from-proto';
import { toRange } from './to-proto';

/** Every use of the name under the cursor within its file. */
export const documentHighlights: Feature = (context) => {
  context.connection.onDocumentHighlight(({ textDocument: { uri }, position }, token) =>
    answer<DocumentHighlight[] | null>(
      context,
      { feature: 'highlight', uri, token, otherwise: null },
      ({ open, document, kind }) => {
        if (kind !== 'policy') return null;
        return findUsesIn(document.text, fromPosition(open, position)).map(({ span, role }) => ({
          range: toRange(open, span),
          kind: role === 'entry' ? DocumentHighlightKind.Write : DocumentHighlightKind.Read,
        }));
      },
    ),
  );
  return { documentHighlightProvider: true };
};
