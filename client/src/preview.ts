import type { ExtensionContext } from 'vscode';
import { EventEmitter, Uri, ViewColumn, languages, window, workspace } from 'vscode';

export const SCHEME = 'rawsend-plan';

/** Reports of the program as read-only documents: they can be searched, copied and kept beside the policy. */
export interface Preview {
  /** Shows the report, in the place of an older one with the same title. */
  readonly show: (title: string, text: string) => Promise<Uri>;
}

export function createPreview(context: ExtensionContext): Preview {
  const texts = new Map<string, string>();
  const changed = new EventEmitter<Uri>();
  context.subscriptions.push(
    changed,
    workspace.registerTextDocumentContentProvider(SCHEME, {
      onDidChange: changed.event,
      provideTextDocumentContent: (uri) => texts.get(uri.path) ?? 'This report is gone. Run the command again.\n',
    }),
    workspace.onDidCloseTextDocument(({ uri }) => uri.scheme === SCHEME && texts.delete(uri.path)),
  );
  return {
    async show(title, text) {
      const uri = Uri.from({ scheme: SCHEME, path: `/${title}` });
      texts.set(uri.path, text);
      changed.fire(uri);
      const opened = await workspace.openTextDocument(uri);
      const document = await languages.setTextDocumentLanguage(opened, 'rawsend-report');
      await window.showTextDocument(document, { viewColumn: columnOfReports(), preview: true });
      return uri;
    },
  };
}

/** Reports share one column beside the policy, however many there are. */
function columnOfReports(): ViewColumn {
  const shown = window.visibleTextEditors.find(({ document }) => document.uri.scheme === SCHEME);
  if (shown?.viewColumn !== undefined) return shown.viewColumn;
  return window.activeTextEditor?.viewColumn === ViewColumn.One ? ViewColumn.Beside : ViewColumn.Active;
}
