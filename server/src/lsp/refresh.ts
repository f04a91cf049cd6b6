import { DidChangeWatchedFilesNotification } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { LspContext } from './context';
import type { Feature } from './feature';
import { YAML_GLOB, isPolicyUri } from './policy-files';
import { isPolicyPart } from './policy-texts';
import { publishAll } from './push-diagnostics';

/** Long enough that typing in a policy file asks for one refresh, not for one a keystroke. */
const REFRESH_DELAY_MS = 200;

/**
 * What is found in a script depends on the policies beside it, so a change of a policy, of the workspace's
 * folders or of what is known about a host asks for all diagnostics anew.
 */
export const refreshing: Feature = (context) => {
  const { connection, documents, client, policies } = context;
  const refresh = createRefresh(context);
  const counts = (document: TextDocument): boolean => isPolicyPart(document, policies);
  documents.onDidChangeContent(({ document }) => void (counts(document) && refresh()));
  const forgetAndRefresh = (): void => {
    policies.forgetFiles();
    refresh();
  };
  documents.onDidSave(({ document }) => void (counts(document) && forgetAndRefresh()));
  documents.onDidClose(({ document }) => void (counts(document) && forgetAndRefresh()));
  connection.onDidChangeWatchedFiles(({ changes }) => {
    if (changes.some(({ uri }) => isPolicyUri(uri) || policies.wants(uri))) forgetAndRefresh();
  });
  context.inventories.onChange(refresh);
  connection.onInitialized(() => {
    if (client.watchesFiles) void watchFiles(context);
    if (client.tellsFolderChanges) watchFolders(context, refresh);
  });
  return { workspace: { workspaceFolders: { supported: true, changeNotifications: true } } };
};

/** An editor may say that it can and then fail, as Emacs does without file notification: it still sends what it saves. */
async function watchFiles({ connection }: LspContext): Promise<void> {
  const watchers = [{ globPattern: YAML_GLOB }];
  try {
    await connection.client.register(DidChangeWatchedFilesNotification.type, { watchers });
  } catch (error) {
    connection.console.warn(
      `the editor does not watch policy files, so what other programs write there is seen late: ${String(error)}`,
    );
  }
}

function watchFolders({ connection, client, policies }: LspContext, refresh: () => void): void {
  let folders = client.folders;
  connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
    const gone = new Set(removed.map(({ uri }) => uri));
    folders = [...folders.filter((uri) => !gone.has(uri)), ...added.map(({ uri }) => uri)];
    policies.setFolders(folders);
    refresh();
  });
}

function createRefresh(context: LspContext): () => void {
  let timer: NodeJS.Timeout | undefined;
  const run = async (): Promise<void> => {
    try {
      if (context.client.diagnostics === 'push') await publishAll(context);
      else if (context.client.refreshesDiagnostics) await context.connection.languages.diagnostics.refresh();
    } catch {
      // The client has gone away or declines: it asks again by itself when it wants to know.
    }
  };
  context.connection.onShutdown(() => clearTimeout(timer));
  return () => {
    clearTimeout(timer);
    timer = setTimeout(() => void run(), REFRESH_DELAY_MS);
  };
}
