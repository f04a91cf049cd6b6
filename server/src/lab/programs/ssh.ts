import type { Readable } from 'node:stream';
import { Client } from 'ssh2';
import type { ClientChannel } from 'ssh2';
import { eachChunk } from '../each-chunk';
import { Killed } from '../ended';
import { homeOf } from '../host';
import type { Call } from '../shell/call';
import { refuseOption } from '../shell/call';
import { outputOf, print } from '../shell/shell';

/** `ssh` from one host of the lab to another, over a real connection; the key of the host has to be known. */
export async function ssh(call: Call): Promise<number> {
  const { shell } = call;
  const asked = readArguments(call);
  const known = knownKeys(call, asked);
  const client = new Client();
  const end = (): void => void client.end();
  shell.process.signal.addEventListener('abort', end);
  try {
    await connect(client, asked, { key: shell.host.files.get(`${homeOf(shell.process.user)}/.ssh/id_ed25519`), known });
    return await execute(call, client, asked.command);
  } catch (error) {
    if (shell.process.signal.aborted)
      throw shell.process.signal.reason instanceof Killed ? shell.process.signal.reason : error;
    await print(shell, 2, `${error instanceof Error ? error.message : String(error)}\r\n`);
    return 255;
  } finally {
    shell.process.signal.removeEventListener('abort', end);
    end();
  }
}

interface Asked {
  readonly user: string;
  readonly host: string;
  readonly port: number;
  readonly options: Readonly<Record<string, string>>;
  readonly command: string;
}

const TAKES_ARGUMENT = 'opli';

function readArguments(call: Call): Asked {
  const options: Record<string, string> = {};
  let rest = call.args;
  while (rest[0]?.startsWith('-')) {
    const [first = '', second = ''] = rest;
    const letter = first.charAt(1);
    const takes = TAKES_ARGUMENT.includes(letter);
    if (!takes && !/^-[TqnC]+$/.test(first)) refuseOption(call, first);
    const value = first.length > 2 ? first.slice(2) : second;
    if (letter === 'o') {
      const name = value.split(/[= ]/, 1)[0] ?? '';
      // Going another way than it was told would show what is not so.
      if (/^proxy(?:command|jump)$/i.test(name)) refuseOption(call, `-o ${name}, for its hosts have no jump host`);
      options[name.toLowerCase()] = value.replace(/^\w+[= ]\s*/, '');
    } else if (takes) options[letter] = value;
    rest = rest.slice(takes && first.length === 2 ? 2 : 1);
  }
  const [destination = '', ...words] = rest;
  const [, user, host = ''] = /^(?:(.*)@)?(.*)$/.exec(destination) ?? [];
  return {
    user: options['l'] ?? user ?? call.shell.process.user,
    host,
    port: Number(options['p'] ?? 22),
    options,
    command: words.join(' '),
  };
}

/** Lines of known_hosts that fit: `[host]:port algorithm key`, or the alias. */
function knownKeys({ shell }: Call, { options, host, port }: Asked): readonly string[] {
  const path = (options['userknownhostsfile'] ?? `${homeOf(shell.process.user)}/.ssh/known_hosts`).replaceAll('"', '');
  const name = options['hostkeyalias'] ?? `[${host}]:${port}`;
  const lines = (shell.host.files.get(path) ?? Buffer.alloc(0)).toString().split('\n');
  return lines.filter((line) => line.startsWith(`${name} `)).map((line) => line.split(' ')[2] ?? '');
}

interface Trust {
  readonly key: Buffer | undefined;
  readonly known: readonly string[];
}

function connect(client: Client, { host, port, user }: Asked, { key, known }: Trust): Promise<void> {
  return new Promise((resolve, reject) => {
    let isKnown = true;
    client.once('connect', () => client.setNoDelay(true));
    client.once('ready', resolve);
    client.once('error', (error) =>
      reject(
        isKnown
          ? new Error(`ssh: connect to host ${host} port ${port}: ${error.message}`)
          : new Error('Host key verification failed.'),
      ),
    );
    client.connect({
      host,
      port,
      username: user,
      ...(key && { privateKey: key }),
      hostVerifier: (offered: Buffer) => (isKnown = known.includes(offered.toString('base64'))),
    });
  });
}

function execute(call: Call, client: Client, command: string): Promise<number> {
  return new Promise((resolve, reject) => {
    client.once('close', () => reject(new Error('Connection closed by remote host')));
    client.exec(command, (error, channel) => {
      if (error) reject(error);
      else pass(call, channel).then(resolve, reject);
    });
  });
}

/** Everything that comes and goes, at the pace of the slower side. */
async function pass({ shell }: Call, channel: ClientChannel): Promise<number> {
  const { signal } = shell.process;
  const status = new Promise<number>((resolve) => channel.once('exit', (code: number | null) => resolve(code ?? 255)));
  const output = (stream: Readable, descriptor: number): Promise<void> =>
    eachChunk(stream, (chunk) => outputOf(shell, descriptor).write(chunk, signal));
  void feed(shell.descriptors.input, channel, signal).catch(() => undefined);
  await Promise.all([output(channel, 1), output(channel.stderr, 2)]);
  return status;
}

async function feed(
  input: Call['shell']['descriptors']['input'],
  channel: ClientChannel,
  signal: AbortSignal,
): Promise<void> {
  for (let chunk = await input.read(signal); chunk; chunk = await input.read(signal))
    if (!channel.write(chunk)) await new Promise<void>((resolve) => channel.once('drain', resolve));
  channel.end();
}
