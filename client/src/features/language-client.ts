import type { ExtensionContext, LogOutputChannel } from 'vscode';
import { commands, window, workspace } from 'vscode';
import type { LanguageClientOptions, ServerOptions } from 'vscode-languageclient/node';
import { LanguageClient, TransportKind } from 'vscode-languageclient/node';
import type { AskParams, AskResult, InitializationOptions } from '../../../server/src/protocol';
import { AskRequest } from '../../../server/src/protocol';
import type { Asker } from '../ask';
import { sshConfig } from '../cli';
import { createTraceChannel } from '../trace-channel';

const SCHEMES = ['file', 'untitled', 'vscode-vfs'] as const;

/** Settings that the server hears of when it starts, and not later. */
const SAID_AT_START = ['rawsend.sshConfig', 'rawsend.runbookLanguages'] as const;

/** The language server as the other features see it. A request waits until the server runs. */
export interface Server {
  readonly request: <R>(method: string, params?: object) => Promise<R>;
  readonly ready: () => Promise<void>;
}

/** Starts the language server and returns at once: activation must not wait for it. */
export function startLanguageClient(context: ExtensionContext, output: LogOutputChannel, ask: Asker): Server {
  const client = new LanguageClient('rawsend', 'Rawsend', serverOptions(context), clientOptions(context, output));
  client.onRequest(AskRequest, async (question: AskParams): Promise<AskResult> => ({ answer: await ask(question) }));
  const report = (error: unknown): void => {
    output.error('The language server did not start', error);
    void showFailure();
  };
  let running = client.start().catch(report);
  // Chained at once, so that whoever asks next waits for the new server, and two restarts never overlap.
  const restart = (): Promise<void> => (running = running.then(() => client.restart()).catch(report));
  context.subscriptions.push(
    { dispose: () => void client.dispose() },
    commands.registerCommand('rawsend.restartServer', restart),
    commands.registerCommand('rawsend.showOutput', () => output.show()),
    // Both are said once, when the server starts.
    workspace.onDidGrantWorkspaceTrust(restart),
    workspace.onDidChangeConfiguration((event) => {
      client.clientOptions.documentSelector = documentSelector();
      if (SAID_AT_START.some((setting) => event.affectsConfiguration(setting))) void restart();
    }),
  );
  return {
    ready: () => running,
    async request(method, params) {
      await running;
      return params === undefined ? client.sendRequest(method) : client.sendRequest(method, params);
    },
  };
}

function serverOptions(context: ExtensionContext): ServerOptions {
  const module = context.asAbsolutePath('dist/server.js');
  return {
    run: { module, transport: TransportKind.ipc },
    debug: { module, transport: TransportKind.ipc, options: { execArgv: ['--nolazy', '--inspect=6009'] } },
  };
}

/** Policies, and the languages in which the person keeps runbooks. */
function documentSelector(): { language: string; scheme: string }[] {
  const runbooks = workspace.getConfiguration('rawsend').get<readonly string[]>('runbookLanguages') ?? [];
  return ['rawsend', ...runbooks].flatMap((language) => SCHEMES.map((scheme) => ({ language, scheme })));
}

function clientOptions(context: ExtensionContext, output: LogOutputChannel): LanguageClientOptions {
  return {
    documentSelector: documentSelector(),
    outputChannel: output,
    traceOutputChannel: createTraceChannel(context, output),
    initializationOptions: (): InitializationOptions => {
      const file = sshConfig();
      return { trusted: workspace.isTrusted, ...(file === undefined ? {} : { sshConfig: file }) };
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
