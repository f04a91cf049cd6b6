import type { Diagnostic, DocumentDiagnosticReport } from 'vscode-languageserver/node';
import { DocumentDiagnosticReportKind, LSPErrorCodes, ResponseError } from 'vscode-languageserver/node';
import { lintDocument } from '../core/lint/lint-document';
import type { DocumentRequest } from './answer';
import { answer } from './answer';
import type { LspContext } from './context';
import type { Feature } from './feature';
import { isRevision } from './policy-texts';
import { toDiagnostic } from './to-proto';

/** Diagnostics for clients that ask for them; the others get `pushDiagnostics`. No client gets both. */
export const pullDiagnostics: Feature = (context) => {
  if (context.client.diagnostics === 'push') return {};
  context.connection.languages.diagnostics.on(async ({ textDocument: { uri } }, token) => {
    const outdated = new ResponseError(LSPErrorCodes.ServerCancelled, 'the document changed', {
      retriggerRequest: true,
    });
    return toReport(await findDiagnostics(context, { uri, token, outdated }));
  });
  return { diagnosticProvider: { identifier: 'rawsend', interFileDependencies: false, workspaceDiagnostics: false } };
};

export const findDiagnostics = (
  context: LspContext,
  request: Pick<DocumentRequest<Diagnostic[]>, 'uri' | 'token' | 'outdated'>,
): Promise<Diagnostic[]> =>
  answer<Diagnostic[]>(context, { feature: 'lint', otherwise: [], ...request }, ({ open, document, lint }) =>
    isRevision(open.uri) ? [] : lintDocument(document, lint()).map((finding) => toDiagnostic(open, finding, context)),
  );

const toReport = (items: Diagnostic[]): DocumentDiagnosticReport => ({
  kind: DocumentDiagnosticReportKind.Full,
  items,
});
