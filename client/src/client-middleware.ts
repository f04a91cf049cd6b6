import type { Diagnostic } from 'vscode';
import { Uri, workspace } from 'vscode';
import type { Middleware } from 'vscode-languageclient/node';

/** What VS Code shows otherwise than the server says it. */
export const middleware: Middleware = {
  provideInlayHints: (document, viewPort, token, next) =>
    workspace.getConfiguration('rawsend', document).get<boolean>('inlayHints', true)
      ? next(document, viewPort, token)
      : [],
  handleDiagnostics: (uri, diagnostics, next) => next(uri, diagnostics.map(withPreview)),
  async provideDiagnostics(document, previousResultId, token, next) {
    const report = await next(document, previousResultId, token);
    if (report && 'items' in report) for (const diagnostic of report.items) withPreview(diagnostic);
    return report;
  },
};

/** The page of a rule is Markdown on this disk: its link opens it as it is meant to be read, and not its source. */
function withPreview(diagnostic: Diagnostic): Diagnostic {
  const { code } = diagnostic;
  if (typeof code !== 'object' || code.target.scheme !== 'file') return diagnostic;
  const parameters = encodeURIComponent(JSON.stringify([code.target]));
  diagnostic.code = { value: code.value, target: Uri.parse(`command:markdown.showPreview?${parameters}`) };
  return diagnostic;
}
