import type { Diagnostic } from 'vscode';
import { workspace } from 'vscode';
import type { Middleware } from 'vscode-languageclient/node';
import { toRulePage } from './features/rule-pages';

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

function withPreview(diagnostic: Diagnostic): Diagnostic {
  const { code } = diagnostic;
  const target = typeof code === 'object' ? toRulePage(code.target) : undefined;
  if (typeof code === 'object' && target !== undefined) diagnostic.code = { value: code.value, target };
  return diagnostic;
}
