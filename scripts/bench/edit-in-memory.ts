/**
 * One server and one client in one process, joined by two streams in memory. Started by `measure-edits.ts` with a JSON
 * request; prints what each edit took.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import type { Connection, InitializeParams, InitializeResult } from 'vscode-languageserver/node';
import {
  StreamMessageReader,
  StreamMessageWriter,
  createConnection,
  createProtocolConnection,
} from 'vscode-languageserver/node';
import { startServer } from '../../server/src/lsp/server';
import { type EditedDocument, openSession, scriptOf } from './editing-session';
import { takeSamples } from './samples';

export interface EditRequest {
  readonly file: string;
  readonly edits: number;
  /** Where bash-language-server is installed; without it Rawsend's own server runs. */
  readonly peer?: string;
}

async function main({ file, edits, peer }: EditRequest): Promise<void> {
  const [toServer, toClient] = [new PassThrough(), new PassThrough()];
  if (peer === undefined) startOurs(toServer, toClient);
  else startPeer(peer, toServer, toClient);
  const client = createProtocolConnection(new StreamMessageReader(toClient), new StreamMessageWriter(toServer));
  const session = await openSession(client, documentOf(file));
  const samples = await takeSamples(edits, session.edit);
  process.stdout.write(JSON.stringify(samples), () => process.exit(0));
}

/** The name says what it is. */
function documentOf(file: string): EditedDocument {
  const text = readFileSync(file, 'utf8');
  return file.endsWith('.yaml') ? { uri: 'file:///bench/rawsend.yaml', languageId: 'rawsend', text } : scriptOf(text);
}

function startOurs(input: PassThrough, output: PassThrough): void {
  startServer(createConnection(input, output), {
    readInventory: () => Promise.reject(new Error('this measurement reads no host')),
    rulePage: () => undefined,
    sshAliases: () => ({ aliases: [] }),
  });
}

interface PeerServer {
  readonly register: (connection: Connection) => void;
  readonly capabilities: () => InitializeResult['capabilities'];
}

/** As its own command line starts it, except for the streams. */
function startPeer(folder: string, input: PassThrough, output: PassThrough): void {
  const load = createRequire(join(folder, 'node_modules', 'bash-language-server', 'package.json'));
  const protocol = load('vscode-languageserver/node') as {
    readonly createConnection: (input: PassThrough, output: PassThrough) => Connection;
  };
  const { default: server } = load('./out/server.js') as {
    readonly default: { initialize: (connection: Connection, params: InitializeParams) => Promise<PeerServer> };
  };
  const connection = protocol.createConnection(input, output);
  connection.onInitialize(async (params) => {
    const started = await server.initialize(connection, params);
    started.register(connection);
    return { capabilities: started.capabilities() };
  });
  connection.listen();
}

void main(JSON.parse(process.argv[2] ?? '{}') as EditRequest);
