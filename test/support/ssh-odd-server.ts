import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Server } from 'ssh2';
import type { Connection, ServerChannel, Session } from 'ssh2';
import { addressOf, makeKey, publicKey } from './sshd';

export interface OddServer {
  readonly destination: string;
  /** A home whose known_hosts trusts the server. */
  readonly home: string;
  /** The clients that are logged in, the latest last. */
  readonly clients: readonly Connection[];
  readonly stop: () => Promise<void>;
}

export interface OddBehaviour {
  /** Whether the nth request for a session, from 0, is refused as sshd does at MaxSessions. */
  readonly refuseSession?: (count: number) => boolean;
  /** What happens with a command; a real shell runs it unless said otherwise. */
  readonly onExec?: (channel: ServerChannel, command: string) => void;
  /** What happens with a connection that it is to pass on; it knows no forwarding unless said. */
  readonly onForward?: Forward;
  /** Never answers requests for a command. */
  readonly silent?: boolean;
}

type Forward = (accept: () => ServerChannel, reject: () => void, info: { readonly destPort: number }) => void;

/** An SSH server in this process that lets everybody in and then misbehaves on purpose. */
export async function startOddServer(behaviour: OddBehaviour = {}): Promise<OddServer> {
  const home = mkdtempSync(join(tmpdir(), 'rawsend-odd-'));
  mkdirSync(join(home, '.ssh'));
  makeKey(join(home, 'host_key'));
  const clients: Connection[] = [];
  let sessions = 0;
  const server = new Server({ hostKeys: [readFileSync(join(home, 'host_key'))] }, (client) => {
    client.on('authentication', (context) => context.accept());
    client.on('error', () => undefined);
    client.on('ready', () => clients.push(client));
    if (behaviour.onForward !== undefined) client.on('tcpip', behaviour.onForward);
    client.on('close', () => {
      if (clients.includes(client)) clients.splice(clients.indexOf(client), 1);
    });
    client.on('session', (accept, reject) => {
      if (behaviour.refuseSession?.(sessions++) === true) reject();
      else serve(accept(), behaviour);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  const { port } = addressOf(server.address());
  writeFileSync(join(home, '.ssh', 'known_hosts'), `[127.0.0.1]:${port} ${publicKey(join(home, 'host_key'))}\n`);
  return {
    destination: `odd@127.0.0.1:${port}`,
    home,
    clients,
    stop: async () => {
      for (const client of clients) client.end();
      await new Promise<void>((resolve) => server.close(() => resolve()));
      rmSync(home, { recursive: true });
    },
  };
}

function serve(session: Session, { onExec, silent }: OddBehaviour): void {
  session.on('exec', (accept, _reject, info) => {
    if (silent === true) return;
    (onExec ?? runShell)(accept(), info.command);
  });
}

/** What a jump host does. */
export const passOn: Forward = (accept, reject, { destPort }) => {
  const socket = connect(destPort, '127.0.0.1');
  socket.once('error', reject);
  socket.once('connect', () => {
    const channel = accept();
    channel.on('error', () => undefined);
    channel.pipe(socket).on('error', () => undefined);
    socket.pipe(channel);
  });
};

/** What a well-behaved server does. */
export function runShell(channel: ServerChannel, command: string): void {
  const child = spawn('sh', ['-c', command], { detached: true });
  child.stdin.on('error', () => undefined);
  channel.pipe(child.stdin);
  child.stdout.pipe(channel, { end: false });
  child.stderr.on('data', (chunk: Buffer) => channel.stderr.write(chunk));
  child.on('close', (code) => {
    channel.exit(code ?? 255);
    channel.end();
  });
}

/** Accepts connections and says nothing. */
export async function startMuteServer(): Promise<{ readonly port: number; readonly stop: () => void }> {
  const sockets: Socket[] = [];
  const server = createServer((socket) => sockets.push(socket));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  return {
    port: addressOf(server.address()).port,
    stop: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}
