import type { ExtensionContext } from 'vscode';
import { commands, window, workspace } from 'vscode';
import type { LanguageClientOptions, ServerOptions } from 'vscode-languageclient/node';
import { InlayHintRequest, LanguageClient, State, TransportKind } from 'vscode-languageclient/node';
import type { AskParams, AskResult, InitializationOptions } from '../../../server/src/protocol';
import { AskRequest } from '../../../server/src/protocol';
import { middleware } from '../client-middleware';
import { becomesOurs, documentSelector, isOurs } from '../runbook-documents';
import { SERVER_FLAGS } from '../server-flags';
import type { CliMeans } from '../cli';
import { createTraceChannel } from '../trace-channel';

/** Settings that the server hears of when it starts, and not later. */
const SAID_AT_START = ['rawsend.sshConfig', 'rawsend.runbookLanguages'] as const;

/** The language server as the other features see it. A request starts it, where no document did, and waits until it runs. */
export interface Server {
  readonly request: <R>(method: string, params?: object) => Promise<R>;
  readonly ready: () => Promise<void>;
}

/** Starts the language server with the first document that it is for. Activation waits for nothing. */
export function startLanguageClient(context: ExtensionContext, means: CliMeans): Server {
  const { output, ask, sshConfig } = means;
  const client = new LanguageClient('rawsend', 'Rawsend', serverOptions(context), clientOptions(context, means));
  client.onRequest(AskRequest, async (question: AskParams): Promise<AskResult> => ({ answer: await ask(question) }));
  const report = (error: unknown): void => {
    output.error('The language server did not start', error);
    void showFailure();
  };
  let running: Promise<void> | undefined;
  const start = (): Promise<void> => (running ??= client.start().catch(report));
  // Chained at once, so that whoever asks next waits for the new server, and two restarts never overlap.
  const restart = (): Promise<void> =>
    running === undefined ? start() : (running = running.then(() => client.restart()).catch(report));
  const restartIfRunning = (): void => void (running !== undefined && restart());
  const startIfNeeded = (needed: () => boolean): void => void (running === undefined && needed() && start());
  const look = (): void => startIfNeeded(() => workspace.textDocuments.some(isOurs));
  context.subscriptions.push(
    { dispose: () => void client.dispose() },
    commands.registerCommand('rawsend.restartServer', restart),
    commands.registerCommand('rawsend.showOutput', () => output.show()),
    workspace.onDidOpenTextDocument((document) => startIfNeeded(() => isOurs(document))),
    workspace.onDidChangeTextDocument((event) => startIfNeeded(() => becomesOurs(event))),
    // All are said once, when the server starts.
    workspace.onDidGrantWorkspaceTrust(restartIfRunning),
    sshConfig.onDidBorrow(restartIfRunning),
    workspace.onDidChangeConfiguration((event) => {
      client.clientOptions.documentSelector = documentSelector();
      if (SAID_AT_START.some((setting) => event.affectsConfiguration(setting))) restartIfRunning();
      if (event.affectsConfiguration('rawsend.inlayHints')) refreshInlayHints(client);
      look();
    }),
  );
  look();
  return {
    ready: () => running ?? Promise.resolve(),
    async request(method, params) {
      await start();
      return params === undefined ? client.sendRequest(method) : client.sendRequest(method, params);
    },
  };
}

/** VS Code asks for hints when a text or the view changes, and does not know this setting. */
function refreshInlayHints(client: LanguageClient): void {
  if (client.state !== State.Running) return;
  for (const document of workspace.textDocuments)
    client.getFeature(InlayHintRequest.method).getProvider(document)?.onDidChangeInlayHints.fire();
}

function serverOptions(context: ExtensionContext): ServerOptions {
  const module = context.asAbsolutePath('dist/server.js');
  return {
    run: { module, transport: TransportKind.ipc, options: { execArgv: [...SERVER_FLAGS] } },
    debug: {
      module,
      transport: TransportKind.ipc,
      options: { execArgv: [...SERVER_FLAGS, '--nolazy', '--inspect=6009'] },
    },
  };
}

function clientOptions(context: ExtensionContext, { output, sshConfig }: CliMeans): LanguageClientOptions {
  return {
    documentSelector: documentSelector(),
    middleware,
    outputChannel: output,
    traceOutputChannel: createTraceChannel(context, output),
    initializationOptions: (): InitializationOptions => {
      const file = sshConfig.file();
      return { trusted: workspace.isTrusted, hasCommands: true, ...(file === undefined ? {} : { sshConfig: file }) };
    },
  };
}

async function showFailure(): Promise<void> {
  const restart = 'Restart Server';
  const show = 'Show Output';
  const choice = await window.showErrorMessage('Rawsend: the language server did not start', restart, show);
  if (choice === restart) await commands.executeCommand('rawsend.restartServer');
  if (choice === show) await commands.executeCommand('rawsend.showOutput');
}
