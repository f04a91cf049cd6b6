import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const SSHD = '/usr/sbin/sshd';

/** Undefined when a real sshd can be run here; otherwise why not. */
export const sshdMissing: string | undefined = existsSync(SSHD)
  ? undefined
  : `${SSHD} is missing: install openssh-server`;

/** Skips the tests of a suite and prints why, where there is no sshd. */
export function needSshd(context: Mocha.Context): void {
  if (sshdMissing === undefined) return;
  process.stderr.write(`skipped: ${sshdMissing}\n`);
  context.skip();
}

/** A real OpenSSH server of the current user on 127.0.0.1, with a home of its own for the client's side. */
export interface Sshd {
  readonly port: number;
  /** Has `.ssh/id_ed25519`, which may log in, and no known_hosts. */
  readonly home: string;
  readonly user: string;
  readonly destination: string;
  /** `ssh-ed25519 AAAA…` */
  readonly hostKey: string;
  /** Programs put here are found first by what the server runs. */
  readonly bin: string;
  /** Trusts the server's key in `home`. */
  readonly trust: () => void;
  /** Ends the server and every session of it. */
  readonly stop: () => Promise<void>;
}

export async function startSshd(settings: readonly string[] = []): Promise<Sshd> {
  const home = mkdtempSync(join(tmpdir(), 'rawsend-sshd-'));
  const bin = join(home, 'bin');
  for (const folder of [join(home, '.ssh'), bin]) mkdirSync(folder, { mode: 0o700 });
  // An sshd of root refuses to start without the folder that its service would make.
  if (userInfo().uid === 0) mkdirSync('/run/sshd', { recursive: true });
  makeKey(join(home, 'host_key'));
  makeKey(join(home, '.ssh', 'id_ed25519'));
  const port = await freePort();
  writeFileSync(join(home, 'sshd_config'), configuration(home, port, settings));
  const child = spawn(SSHD, ['-D', '-e', '-f', join(home, 'sshd_config')], {
    stdio: ['ignore', 'ignore', 'pipe'],
    detached: true,
  });
  let log = '';
  child.stderr.on('data', (chunk: Buffer) => (log += chunk.toString()));
  await waitForPort(port, () => log);
  const hostKey = publicKey(join(home, 'host_key'));
  return {
    port,
    home,
    bin,
    hostKey,
    user: userInfo().username,
    destination: `${userInfo().username}@127.0.0.1:${port}`,
    trust: () => writeFileSync(join(home, '.ssh', 'known_hosts'), `[127.0.0.1]:${port} ${hostKey}\n`),
    stop: async () => {
      const gone = new Promise((resolve) => child.once('exit', resolve));
      if (child.exitCode === null && child.kill('SIGKILL')) await gone;
      rmSync(home, { recursive: true, force: true });
    },
  };
}

/** Makes an ed25519 key pair; `passphrase` locks it. */
export function makeKey(file: string, passphrase = ''): void {
  execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-a', '2', '-N', passphrase, '-C', 'test', '-f', file]);
}

/** Algorithm and key, without the comment. */
export function publicKey(file: string): string {
  return readFileSync(`${file}.pub`, 'utf8').split(' ').slice(0, 2).join(' ');
}

/** A section of an ssh configuration: the server with its own key and known hosts; `more` comes first. */
export function configSection(name: string, sshd: Sshd, more: readonly string[] = []): string {
  const own = [`HostName 127.0.0.1`, `Port ${sshd.port}`, `User ${sshd.user}`, 'IdentitiesOnly yes'];
  const files = [`IdentityFile ${sshd.home}/.ssh/id_ed25519`, `UserKnownHostsFile ${knownHosts(sshd)}`];
  return `Host ${name}\n  ${[...more, ...own, ...files].join('\n  ')}\n`;
}

/** The file that `trust` writes. */
export const knownHosts = ({ home }: Pick<Sshd, 'home'>): string => join(home, '.ssh', 'known_hosts');

function configuration(home: string, port: number, settings: readonly string[]): string {
  return [
    `ListenAddress 127.0.0.1:${port}`,
    `HostKey ${join(home, 'host_key')}`,
    `AuthorizedKeysFile ${join(home, '.ssh', 'id_ed25519.pub')} ${join(home, '.ssh', 'authorized_keys')}`,
    `PidFile ${join(home, 'sshd.pid')}`,
    `SetEnv PATH=${join(home, 'bin')}:/usr/bin:/bin HOME=${home}`,
    'StrictModes no',
    'UsePAM no',
    'PasswordAuthentication no',
    'KbdInteractiveAuthentication no',
    'PermitRootLogin yes',
    'MaxStartups 100',
    ...settings,
    '',
  ].join('\n');
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = addressOf(server.address());
      server.close(() => resolve(port));
    });
  });
}

export function addressOf(address: AddressInfo | string | null): AddressInfo {
  assert(typeof address === 'object' && address !== null);
  return address;
}

async function waitForPort(port: number, log: () => string): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    if (await answers(port)) return;
    await sleep(50);
  }
  throw new Error(`sshd does not listen:\n${log()}`);
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
