/** From the protocol's values to the core's: one of the two places that know positions. */
import { fileURLToPath } from 'node:url';
import type { Position, Range } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Document } from '../core/lint/document';
import { span } from '../core/text/span';
import type { Span } from '../core/text/span';

export const fromTextDocument = (open: TextDocument): Document => ({
  path: toPath(open.uri),
  text: open.getText(),
  languageId: open.languageId,
});

export const fromPosition = (open: TextDocument, position: Position): number => open.offsetAt(position);

export const fromRange = (open: TextDocument, range: Range): Span =>
  span(open.offsetAt(range.start), open.offsetAt(range.end));

/** The path decides the kind of a document; outside the disk the URI does as well. */
function toPath(uri: string): string {
  try {
    return uri.startsWith('file:') ? fileURLToPath(uri) : uri;
  } catch {
    return uri;
  }
}
