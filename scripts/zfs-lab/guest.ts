import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ACCELERATOR_ARGUMENTS, type Accelerator } from './accelerator';
import type { HostName } from './hosts';
import { processFile } from './process';
import { isObject, type Monitor, openMonitor } from './qmp';

/** A QEMU process with its control connection. It lives on when this process ends, see `guardGuests`. */
export interface Guest {
  readonly host: HostName;
  /** Where its sshd is reached on 127.0.0.1; QEMU picks a free one. */
  readonly port: number;
  readonly monitor: Monitor;
}

export interface GuestStart {
  readonly host: HostName;
  /** For the console, QEMU's messages and the control socket. */
  readonly directory: string;
  readonly image: string;
  readonly accelerator: Accelerator;
  /** Boot with this initramfs, or go on from this file. */
  readonly from: { readonly initrd: string } | { readonly saved: string };
}

/** What all guests have in common; a change asks for new saved guests. */
export const MACHINE = [
  '-machine',
  'pc',
  '-smp',
  '1',
  '-m',
  '768',
  '-nodefaults',
  '-no-user-config',
  '-no-reboot',
  '-display',
  'none',
  // Port 0 lets the kernel choose a free one.
  '-netdev',
  'user,id=net0,hostfwd=tcp:127.0.0.1:0-:22',
  '-device',
  'virtio-net-pci,netdev=net0,romfile=',
];
export const KERNEL_COMMAND_LINE =
  'console=ttyS0 quiet panic=-1 mitigations=off nokaslr random.trust_cpu=on tsc=reliable';
const SOCKET_PATH_LIMIT = 107;

/** Starts QEMU and waits until it talks; the guest itself is then booting, or paused where it was saved. */
export async function startGuest(start: GuestStart): Promise<Guest> {
  const { host, directory } = start;
  const socket = join(directory, `${host}.qmp`);
  if (Buffer.byteLength(socket) > SOCKET_PATH_LIMIT) {
    throw new Error(`${socket} is too long for a socket; choose a shorter folder`);
  }
  rmSync(socket, { force: true });
  const messages = openSync(join(directory, `${host}.qemu`), 'w', 0o600);
  const child = spawn('qemu-system-x86_64', qemuArguments(start, socket), {
    detached: true,
    stdio: ['ignore', messages, messages],
  });
  closeSync(messages);
  child.unref();
  try {
    await once(child, 'spawn');
    const monitor = await openMonitor(socket, () => child.exitCode === null && child.signalCode === null);
    return { host, monitor, port: await forwardedPort(monitor) };
  } catch (error) {
    child.kill();
    const said = readFileSync(join(directory, `${host}.qemu`), 'utf8').trim();
    throw new Error(`cannot start the guest ${host}: ${said || String(error)}`, { cause: error });
  }
}

function qemuArguments({ host, directory, image, accelerator, from }: GuestStart, socket: string): string[] {
  const begin = 'saved' in from ? ['-incoming', 'defer'] : ['-initrd', from.initrd];
  return [
    ...MACHINE,
    ...ACCELERATOR_ARGUMENTS[accelerator],
    ...begin,
    '-name',
    `zfs-lab-${host}`,
    '-pidfile',
    processFile(directory, host),
    '-serial',
    `file:${join(directory, `${host}.console`)}`,
    '-qmp',
    `unix:${socket},server=on,wait=off`,
    '-kernel',
    join(image, 'vmlinuz'),
    '-append',
    KERNEL_COMMAND_LINE,
  ];
}

async function forwardedPort(monitor: Monitor): Promise<number> {
  const usernet = await monitor.execute('human-monitor-command', { 'command-line': 'info usernet' });
  const port = /TCP\[HOST_FORWARD\]\s+\d+\s+127\.0\.0\.1\s+(\d+)/.exec(String(usernet))?.[1];
  if (port === undefined) throw new Error('QEMU does not tell the port of sshd');
  return Number(port);
}

/** Freezes a guest into a compressed file and ends it. */
export async function saveGuest(guest: Guest, file: string): Promise<void> {
  const { monitor } = guest;
  await monitor.execute('stop');
  await monitor.execute('migrate-set-parameters', { 'max-bandwidth': 100 * 2 ** 30 });
  await monitor.execute('migrate', { uri: `exec:zstd -q -3 -o ${shellQuoted(file)}` });
  await waitForMigration(monitor);
  await monitor.execute('quit');
  monitor.close();
}

/** Lets a guest that was started from a file go on where it was saved. */
export async function resumeGuest({ monitor }: Guest, file: string): Promise<void> {
  try {
    await monitor.execute('migrate-incoming', { uri: `exec:zstd -q -d -c ${shellQuoted(file)}` });
    await waitForMigration(monitor);
  } catch (error) {
    throw new Error(`cannot resume ${file}; remove its folder to have it made anew`, { cause: error });
  }
  await monitor.execute('cont');
}

async function waitForMigration(monitor: Monitor): Promise<void> {
  for (;;) {
    const status = await monitor.execute('query-migrate');
    const word = isObject(status) ? status['status'] : undefined;
    if (word === 'completed') return;
    if (word === 'failed' || word === 'cancelled') throw new Error(`the state of the guest: ${JSON.stringify(status)}`);
    await sleep(20);
  }
}

const shellQuoted = (path: string): string => `'${path.replaceAll("'", "'\\''")}'`;
