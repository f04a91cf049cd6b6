import type { ExtensionContext, TextDocument } from 'vscode';
import { EventEmitter, Uri, ViewColumn, commands, languages, window, workspace } from 'vscode';

export const SCHEME = 'rawsend-plan';

/** Reports of the program as read-only documents: they can be searched, copied and kept beside the policy. */
export interface Preview {
  /** Shows the report, in the place of an older one with the same title. */
  readonly show: (title: string, text: string) => Promise<Uri>;
  /** Shows two of them in the editor for differences. */
  readonly compare: (title: string, sides: { readonly before: Report; readonly after: Report }) => Promise<void>;
}

export interface Report {
  readonly title: string;
  readonly text: string;
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
  const put = async ({ title, text }: Report): Promise<TextDocument> => {
    const uri = Uri.from({ scheme: SCHEME, path: `/${title}` });
    texts.set(uri.path, text);
    changed.fire(uri);
    return languages.setTextDocumentLanguage(await workspace.openTextDocument(uri), 'rawsend-report');
  };
  return {
    async show(title, text) {
      const document = await put({ title, text });
      await window.showTextDocument(document, { viewColumn: columnOfReports(), preview: true });
      return document.uri;
    },
    async compare(title, { before, after }) {
      const [left, right] = [await put(before), await put(after)];
      await commands.executeCommand('vscode.diff', left.uri, right.uri, title, { preview: true });
    },
  };
}

/** Reports share one column beside the policy, however many there are. */
function columnOfReports(): ViewColumn {
  const shown = window.visibleTextEditors.find(({ document }) => document.uri.scheme === SCHEME);
  if (shown?.viewColumn !== undefined) return shown.viewColumn;
  return window.activeTextEditor?.viewColumn === ViewColumn.One ? ViewColumn.Beside : ViewColumn.Active;
}
