import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { PassThrough } from 'node:stream';
import { pathToFileURL } from 'node:url';
import type { ClientCapabilities, Diagnostic, InitializeResult, ProtocolConnection } from 'vscode-languageserver/node';
import {
  DidChangeTextDocumentNotification,
  DidOpenTextDocumentNotification,
  DocumentDiagnosticRequest,
  InitializeRequest,
  InitializedNotification,
  PublishDiagnosticsNotification,
  StreamMessageReader,
  StreamMessageWriter,
  createConnection,
  createProtocolConnection,
} from 'vscode-languageserver/node';
import type { ServerPorts } from '../../server/src/lsp/context';
import { startServer } from '../../server/src/lsp/server';

/** An editor at the other end of two streams: real connections on both sides, no mock between them. */
export interface Editor {
  readonly connection: ProtocolConnection;
  readonly initialized: InitializeResult;
  readonly folder: string;
  readonly uriOf: (name: string) => string;
  readonly open: (name: string, text: string, languageId?: string) => string;
  readonly change: (uri: string, version: number, text: string) => void;
  readonly pull: (uri: string) => Promise<readonly Diagnostic[]>;
  /** Everything that was pushed so far. */
  readonly pushed: readonly Pushed[];
  readonly close: () => void;
}

interface Pushed {
  readonly uri: string;
  readonly version?: number;
  readonly diagnostics: readonly Diagnostic[];
}

export interface EditorOptions {
  readonly capabilities?: ClientCapabilities;
  readonly initializationOptions?: unknown;
  /** Files of the workspace folder: text by name, which may begin with a folder. */
  readonly files?: Readonly<Record<string, string>>;
  /** Folders in it, or URIs, that are the workspace folders in its place. */
  readonly folders?: readonly string[];
  readonly ports?: Partial<ServerPorts>;
}

/** An editor that pulls diagnostics and understands a refresh. */
export const PULLING: ClientCapabilities = {
  textDocument: { diagnostic: {} },
  workspace: { diagnostics: { refreshSupport: true }, workspaceEdit: { documentChanges: true } },
};

const NO_HOSTS: ServerPorts = {
  readInventory: () => Promise.reject(new Error('this test reads no host')),
  rulePage: () => undefined,
  sshAliases: () => ({ aliases: [] }),
};

export async function startEditor(options: EditorOptions = {}): Promise<Editor> {
  const folder = mkdtempSync(join(tmpdir(), 'rawsend-lsp-'));
  for (const [name, text] of Object.entries(options.files ?? {})) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  const toServer = new PassThrough();
  const toEditor = new PassThrough();
  const server = createConnection(toServer, toEditor);
  startServer(server, { ...NO_HOSTS, ...options.ports });
  const connection = createProtocolConnection(new StreamMessageReader(toEditor), new StreamMessageWriter(toServer));
  const pushed: Pushed[] = [];
  connection.onNotification(PublishDiagnosticsNotification.type, (params) => void pushed.push(params));
  connection.listen();
  const rootUri = pathToFileURL(folder).href;
  const initialized = await connection.sendRequest(InitializeRequest.type, {
    processId: null,
    rootUri,
    workspaceFolders: (options.folders ?? ['']).map((name) => ({ uri: uriIn(rootUri, name), name: name || 'test' })),
    capabilities: options.capabilities ?? PULLING,
    initializationOptions: options.initializationOptions,
  });
  await connection.sendNotification(InitializedNotification.type, {});
  return {
    ...documentsOf(connection, rootUri),
    connection,
    initialized,
    folder,
    pushed,
    close() {
      connection.dispose();
      server.dispose();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A name in the folder, or a URI as it is. */
const uriIn = (rootUri: string, name: string): string =>
  /^[a-z-]+:/.test(name) ? name : name === '' ? rootUri : `${rootUri}/${name}`;

function documentsOf(
  connection: ProtocolConnection,
  rootUri: string,
): Pick<Editor, 'uriOf' | 'open' | 'change' | 'pull'> {
  const uriOf = (name: string): string => uriIn(rootUri, name);
  return {
    uriOf,
    open(name, text, languageId = name.endsWith('.sh') ? 'shellscript' : 'rawsend') {
      const uri = uriOf(name);
      void connection.sendNotification(DidOpenTextDocumentNotification.type, {
        textDocument: { uri, languageId, version: 1, text },
      });
      return uri;
    },
    change(uri, version, text) {
      const params = { textDocument: { uri, version }, contentChanges: [{ text }] };
      void connection.sendNotification(DidChangeTextDocumentNotification.type, params);
    },
    async pull(uri) {
      const report = await connection.sendRequest(DocumentDiagnosticRequest.type, { textDocument: { uri } });
      return report.kind === 'full' ? report.items : [];
    },
  };
}

/** Waits for something that comes without being asked for. */
export async function eventually<T>(what: string, look: () => T | undefined): Promise<T> {
  for (const deadline = Date.now() + 5000; Date.now() < deadline; await pause(10)) {
    const found = look();
    if (found !== undefined) return found;
  }
  throw new Error(`${what} did not come`);
}

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

export const codesOf = (diagnostics: readonly Diagnostic[]): readonly unknown[] => diagnostics.map(({ code }) => code);
