import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Accelerator, ACCELERATOR_ARGUMENTS, machineIdentity } from './accelerator';
import { privateRoot } from './cache';
import { writeArchive } from './cpio';
import { type Guest, KERNEL_COMMAND_LINE, MACHINE, saveGuest, startGuest } from './guest';
import { forEachHost, type HostName } from './hosts';
import { type LabKeys, makeKeys } from './keys';
import { withLock } from './lock';
import { overlayEntries } from './overlay';
import { type Progress, startPhases } from './phases';
import { endGuests, guardGuests } from './process';
import { GUEST_DIRECTORY, guestFilesHash } from './recipe';
import { runSsh, writeSshFiles } from './ssh';

/** Opens the encrypted tree of the source. It protects nothing: the lab holds no data of anybody. */
export const PASSPHRASE = 'correct horse battery staple';

export const savedFile = (saved: string, host: HostName): string => join(saved, `${host}.zst`);
export const keysDirectory = (saved: string): string => join(saved, 'keys');

/**
 * The folder with both guests as they are after their first boot and set-up, and the keys they were made with.
 * Made when it is missing: two boots, some seconds.
 */
export async function ensureSavedGuests(image: string, accelerator: Accelerator, progress: Progress): Promise<string> {
  const saved = await savedGuestsDirectory(image, accelerator);
  if (existsSync(saved)) return saved;
  mkdirSync(savedRoot(), { recursive: true, mode: 0o700 });
  const waiting = (): void => progress('waiting for another first boot of the guests');
  await withLock(join(privateRoot(), 'guests.lock'), waiting, async () => {
    if (!existsSync(saved)) await makeSavedGuests(saved, { image, accelerator, progress });
  });
  return saved;
}

/** Saved guests run on only on the machine they were saved on: image, settings, accelerator and emulator name them. */
export async function savedGuestsDirectory(image: string, accelerator: Accelerator): Promise<string> {
  const machine = [...MACHINE, KERNEL_COMMAND_LINE, ...ACCELERATOR_ARGUMENTS[accelerator]];
  const identity = [basename(image), guestFilesHash(), await machineIdentity(accelerator), ...machine, PASSPHRASE];
  const key = createHash('sha256').update(identity.join('\0')).digest('hex').slice(0, 16);
  return join(savedRoot(), key);
}

const savedRoot = (): string => join(privateRoot(), 'guests');
const WORK_PREFIX = 'saving-';

/** A first boot that was killed leaves its work folder; we hold the lock, so it is nobody's. */
function removeLeftovers(): void {
  for (const name of readdirSync(savedRoot())) {
    if (name.startsWith(WORK_PREFIX)) rmSync(join(savedRoot(), name), { recursive: true, force: true });
  }
}

/** Every finished pair of saved guests of this user, also of older recipes. */
export function listSavedGuests(): string[] {
  const names = existsSync(savedRoot()) ? readdirSync(savedRoot()) : [];
  return names.filter((name) => !name.startsWith(WORK_PREFIX)).map((name) => join(savedRoot(), name));
}

interface FirstBoot {
  readonly image: string;
  readonly accelerator: Accelerator;
  readonly progress: Progress;
}

async function makeSavedGuests(saved: string, { image, accelerator, progress }: FirstBoot): Promise<void> {
  removeLeftovers();
  const work = mkdtempSync(join(savedRoot(), WORK_PREFIX));
  // Sockets want a short path.
  const directory = mkdtempSync(join(tmpdir(), 'rawsend-zfs-lab-boot-'));
  const phases = startPhases(progress);
  const release = guardGuests(directory);
  try {
    phases.next(`first boot of both guests (${accelerator})`);
    const keys = await makeKeys(keysDirectory(work));
    const guests = await forEachHost(async (host) => {
      const initrd = join(directory, `${host}.initrd`);
      writeFileSync(initrd, initrdFor(host, image, keys), { mode: 0o600 });
      const guest = await startGuest({ host, directory, image, accelerator, from: { initrd } });
      await waitForBoot(directory, guest);
      return guest;
    });
    phases.next('pools, datasets and snapshots');
    const config = writeSshFiles(directory, { source: guests.source.port, target: guests.target.port }, keys);
    await forEachHost((host) => setUp(config, host));
    phases.next('saving both guests');
    await forEachHost((host) => saveGuest(guests[host], savedFile(work, host)));
    renameSync(work, saved);
  } finally {
    await endGuests(directory);
    release();
    rmSync(work, { recursive: true, force: true });
    phases.end();
  }
}

/** The guest's own files come first, uncompressed: the kernel goes on to the compressed archive behind them. */
function initrdFor(host: HostName, image: string, keys: LabKeys): Buffer {
  const overlay = writeArchive(overlayEntries(host, keys));
  return Buffer.concat([overlay, readFileSync(join(image, 'initrd.zst'))]);
}

const BOOT_SECONDS = 180;

async function waitForBoot(directory: string, { host }: Guest): Promise<void> {
  const console = join(directory, `${host}.console`);
  for (const deadline = Date.now() + BOOT_SECONDS * 1000; Date.now() < deadline; await sleep(100)) {
    if (readFileSync(console, 'utf8').includes('lab: ready')) return;
  }
  const last = readFileSync(console, 'utf8').split('\n').slice(-5).join('\n');
  throw new Error(`the guest ${host} did not boot within ${BOOT_SECONDS} s; its console ends with:\n${last}`);
}

async function setUp(config: string, host: HostName): Promise<void> {
  const script = readFileSync(join(GUEST_DIRECTORY, `set-up-${host}.sh`), 'utf8');
  const clock = `date -s @${Math.floor(Date.now() / 1000)} >/dev/null\n`;
  const { code, stderr } = await runSsh(config, host, clock + script, { input: `${PASSPHRASE}\n` });
  if (code !== 0) throw new Error(`the set-up of the guest ${host} failed: ${stderr.trim()}`);
}
