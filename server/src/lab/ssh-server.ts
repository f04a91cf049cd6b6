import { Server, utils } from 'ssh2';
import type { AuthContext, Connection, ParsedKey, ServerChannel, Session } from 'ssh2';
import { readChannel, writeChannel } from './channel-io';
import { Refused } from './ended';
import { homeOf } from './host';
import type { LabHost } from './host';
import { pacer } from './link';
import type { Link } from './link';
import { runLogin } from './login-script';

export interface SshServer {
  readonly port: number;
  readonly stop: () => Promise<void>;
}

export interface ServerOptions {
  readonly hostKey: string;
  readonly link: Link;
}

/** An SSH server on 127.0.0.1 in front of a host; it runs commands and has neither terminal nor forwarding. */
export async function startServer(host: LabHost, options: ServerOptions): Promise<SshServer> {
  const clients = new Set<Connection>();
  const server = new Server({ hostKeys: [options.hostKey] }, (client) => {
    clients.add(client);
    // Small packets of a handshake would each wait 40 ms for the answer to the one before.
    if ('setNoDelay' in client && typeof client.setNoDelay === 'function') client.setNoDelay(true);
    let user = '';
    client.on('error', () => undefined);
    client.once('close', () => clients.delete(client));
    client.on('authentication', (context) => {
      if (!isAllowed(host, context)) {
        context.reject(['publickey']);
        return;
      }
      user = context.username;
      context.accept();
    });
    const meter = meterOf(client, options.link);
    client.on('session', (accept) => serve(accept(), { host, login: () => user, meter }));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    stop: async () => {
      for (const process of host.processes.list()) process.kill(9);
      for (const client of clients) client.end();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

function isAllowed(host: LabHost, context: AuthContext): boolean {
  if (context.method !== 'publickey' || !host.users.includes(context.username)) return false;
  const { key } = context;
  const allowed = authorizedKeys(host, context.username).find((each) => each.getPublicSSH().equals(key.data));
  if (allowed === undefined) return false;
  if (context.signature === undefined || context.blob === undefined) return true;
  return allowed.verify(context.blob, context.signature, context.hashAlgo);
}

function authorizedKeys(host: LabHost, user: string): readonly ParsedKey[] {
  const text = host.files.get(`${homeOf(user)}/.ssh/authorized_keys`)?.toString() ?? '';
  return text.split('\n').flatMap((line) => {
    const key = utils.parseKey(line);
    return key instanceof Error ? [] : [key];
  });
}

/** Counts what passes over a connection and loses it where the link does; says how long to wait. */
function meterOf(client: Connection, link: Link): (bytes: number) => number {
  const pace = pacer(link);
  let passed = 0;
  return (bytes) => {
    passed += bytes;
    if (link.dropsAfter !== undefined && passed > link.dropsAfter) client.end();
    return pace(bytes) + (link.latency ?? 0);
  };
}

interface Serving {
  readonly host: LabHost;
  readonly login: () => string;
  readonly meter: (bytes: number) => number;
}

function serve(session: Session, serving: Serving): void {
  // ssh2 tells a session from its channel by the name of the class, which a minified bundle has lost: without it a client
  // that goes away between the two ends the lab.
  Object.defineProperty(session.constructor, 'name', { value: 'Session' });
  session.on('exec', (accept, _reject, { command }) => {
    void run(accept(), command, serving);
  });
  session.on('shell', (accept) => {
    const channel = accept();
    channel.stderr.write('A host of the lab runs commands: ssh HOST COMMAND\r\n');
    channel.exit(2);
    channel.end();
  });
}

async function run(channel: ServerChannel, command: string, { host, login, meter }: Serving): Promise<void> {
  channel.on('error', () => undefined);
  const input = readChannel(channel, meter);
  const output = writeChannel(channel, channel, meter);
  const errors = writeChannel(channel, channel.stderr, meter);
  const status = await runLogin(host, login(), command, { input, output, errors }).catch((error: unknown) => {
    channel.stderr.write(
      `lab: ${error instanceof Error && !(error instanceof Refused) ? error.stack : String(error)}\n`,
    );
    return 255;
  });
  input.abandon();
  channel.exit(status);
  channel.end();
}
