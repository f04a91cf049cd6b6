import {
  DidChangeTextDocumentNotification,
  DidOpenTextDocumentNotification,
  DocumentDiagnosticRequest,
  InitializeRequest,
  InitializedNotification,
  PublishDiagnosticsNotification,
  TextDocumentSyncKind,
} from 'vscode-languageserver/node';
import type {
  ProtocolConnection,
  ServerCapabilities,
  TextDocumentContentChangeEvent,
} from 'vscode-languageserver/node';
import { createRandom } from '../fuzz/random';

/** Someone who types in one document of a language server. */
export interface EditingSession {
  /** Types one character, or takes it back; resolves to the milliseconds until the diagnostics of the new text came. */
  readonly edit: () => Promise<number>;
}

/** What is typed into. */
export interface EditedDocument {
  readonly uri: string;
  readonly languageId: string;
  readonly text: string;
}

export const scriptOf = (text: string): EditedDocument => ({
  uri: 'file:///bench/replicate.sh',
  languageId: 'shellscript',
  text,
});

/** Opens a text in a server of either kind: diagnostics are pulled where it offers that and awaited otherwise. */
export async function openSession(connection: ProtocolConnection, document: EditedDocument): Promise<EditingSession> {
  const { uri, text } = document;
  const waiting = new Map<number | undefined, () => void>();
  connection.onNotification(PublishDiagnosticsNotification.type, ({ version }) => waiting.get(version)?.());
  connection.listen();
  const { capabilities } = await connection.sendRequest(InitializeRequest.type, {
    processId: null,
    rootUri: null,
    capabilities: { textDocument: { diagnostic: {}, publishDiagnostics: { versionSupport: true } } },
    initializationOptions: { shellcheckPath: '' },
  });
  await connection.sendNotification(InitializedNotification.type, {});
  const textDocument = { ...document, version: 1 };
  const isPulling = capabilities.diagnosticProvider !== undefined;
  /** Sends a message and waits for the diagnostics of the version that it makes. */
  const diagnosticsAfter = async (version: number, send: () => Promise<void>): Promise<void> => {
    const pushed = new Promise<void>((resolve) => waiting.set(version, resolve));
    await send();
    if (isPulling) await connection.sendRequest(DocumentDiagnosticRequest.type, { textDocument: { uri } });
    else await pushed;
    waiting.delete(version);
  };
  await diagnosticsAfter(1, () => connection.sendNotification(DidOpenTextDocumentNotification.type, { textDocument }));
  const next = typing(text, capabilities);
  return {
    async edit() {
      const { version, change } = next();
      const started = performance.now();
      await diagnosticsAfter(version, () =>
        connection.sendNotification(DidChangeTextDocumentNotification.type, {
          textDocument: { uri, version },
          contentChanges: [change],
        }),
      );
      return performance.now() - started;
    },
  };
}

interface Keystroke {
  readonly version: number;
  readonly change: TextDocumentContentChangeEvent;
}

/** A letter at the end of some line, then its removal; sent whole or as a change, as the server asked for. */
export function typing(
  text: string,
  { textDocumentSync: sync }: Pick<ServerCapabilities, 'textDocumentSync'>,
): () => Keystroke {
  const lines = text.split('\n');
  const random = createRandom(1);
  const kind = typeof sync === 'object' ? sync.change : sync;
  const state = { version: 1, line: 0 };
  return () => {
    state.version += 1;
    const isInsertion = state.version % 2 === 0;
    if (isInsertion) state.line = random.between(0, lines.length - 2);
    const { version, line } = state;
    const before = lines[line] ?? '';
    const after = isInsertion ? `${before}x` : before.slice(0, -1);
    lines[line] = after;
    if (kind !== TextDocumentSyncKind.Incremental) return { version, change: { text: lines.join('\n') } };
    const [start, end] = [Math.min(before.length, after.length), before.length];
    const range = { start: { line, character: start }, end: { line, character: end } };
    return { version, change: { range, text: isInsertion ? 'x' : '' } };
  };
}
