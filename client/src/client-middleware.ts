import { workspace } from 'vscode';
import type { Middleware } from 'vscode-languageclient/node';

/** What VS Code shows otherwise than the server says it. */
export const middleware: Middleware = {
  provideInlayHints: (document, viewPort, token, next) =>
    workspace.getConfiguration('rawsend', document).get<boolean>('inlayHints', true)
      ? next(document, viewPort, token)
      : [],
};
