import { RequestType } from 'vscode-languageserver/node';
import { lintDocument } from '../core/lint/lint-document';
import { suppressLine } from '../core/lint/suppress-line';
import type { SuppressionParams, SuppressionResult } from '../protocol';
import { SuppressionRequest } from '../protocol';
import { answer } from './answer';
import type { Feature } from './feature';
import { fromPosition } from './from-proto';
import { toRange } from './to-proto';

/** Writes the comment that suppresses a finding, with the reason that the client asked for. */
export const suppression: Feature = (context) => {
  const request = new RequestType<SuppressionParams, SuppressionResult, void>(SuppressionRequest);
  context.connection.onRequest(request, ({ uri, position, rule, reason }, token) =>
    answer<SuppressionResult>(context, { feature: 'suppression', uri, token, otherwise: null }, (subject) => {
      const { open, document } = subject;
      const at = fromPosition(open, position);
      const found = lintDocument(document, subject.lint()).find(
        (finding) => finding.rule === rule && finding.span.start === at,
      );
      const edit = found && suppressLine(document, found, subject.lint(), reason);
      if (!edit) return null;
      return { line: toRange(open, edit.span).start.line, text: edit.newText, version: open.version };
    }),
  );
  return {};
};
