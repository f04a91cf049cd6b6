import { CancellationToken, ResponseError } from 'vscode-languageserver/node';
import { findDiagnostics } from './diagnostics';
import type { LspContext } from './context';
import type { Feature } from './feature';

/** Diagnostics for clients that cannot ask: published after each change, for the version they belong to. */
export const pushDiagnostics: Feature = (context) => {
  if (context.client.diagnostics === 'pull') return {};
  context.documents.onDidChangeContent(({ document }) => void publish(context, document.uri));
  context.documents.onDidClose(
    ({ document }) => void context.connection.sendDiagnostics({ uri: document.uri, diagnostics: [] }),
  );
  return {};
};

/** Publishes anew for every open document, one after the other, so that a keystroke is never behind them all. */
export async function publishAll(context: LspContext): Promise<void> {
  for (const uri of context.documents.keys()) await publish(context, uri);
}

/** A change made while this waits publishes for itself, so an outdated answer is dropped. */
async function publish(context: LspContext, uri: string): Promise<void> {
  const version = context.documents.get(uri)?.version;
  if (version === undefined) return;
  try {
    const diagnostics = await findDiagnostics(context, { uri, token: CancellationToken.None });
    await context.connection.sendDiagnostics({ uri, version, diagnostics });
  } catch (error) {
    if (!(error instanceof ResponseError)) throw error;
  }
}
