import {
  chownSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { readMirrors } from './apt-sources';
import { cacheRoot, imageDirectory } from './cache';
import { makeChroot } from './chroot';
import { runCommand } from './command';
import { writeArchive } from './cpio';
import { withLock } from './lock';
import { type Progress, startPhases } from './phases';
import type { ZfsRelease } from './recipe';
import { collectRootFiles } from './root-files';

/** What a finished image holds beside `vmlinuz` and `initrd.zst`. */
export type ImageInfo = z.infer<typeof IMAGE_INFO>;

const IMAGE_INFO = z.strictObject({ kernel: z.string(), zfs: z.string(), built: z.string() });

export const readImageInfo = (directory: string): ImageInfo =>
  IMAGE_INFO.parse(JSON.parse(readFileSync(join(directory, 'image.json'), 'utf8')));

/** Builds the image of this recipe unless it is there, and returns its folder. Only one process builds at a time. */
export async function ensureImage(progress: Progress, release: ZfsRelease = '2.3'): Promise<string> {
  const directory = imageDirectory(release);
  if (existsSync(directory)) return directory;
  makeOwned(cacheRoot());
  const waiting = (): void => progress('waiting for another build of the guest image');
  await withLock(join(cacheRoot(), 'build.lock'), waiting, async () => {
    if (!existsSync(directory)) await buildImage(directory, release, progress);
  });
  return directory;
}

async function buildImage(directory: string, release: ZfsRelease, progress: Progress): Promise<void> {
  const mirrors = readMirrors();
  if (mirrors === undefined) throw new Error('no Debian mirror is known');
  removeLeftovers();
  const work = mkdtempSync(join(cacheRoot(), WORK_PREFIX));
  const log = join(cacheRoot(), 'build.log');
  rmSync(log, { force: true });
  const phases = startPhases(progress);
  const interruption = new AbortController();
  const interrupt = (): void => interruption.abort();
  process.once('SIGINT', interrupt).once('SIGTERM', interrupt);
  try {
    const { signal } = interruption;
    const chroot = await makeChroot({ path: join(work, 'chroot'), release, mirrors, log, signal, phase: phases.next });
    phases.next('image');
    const image = join(work, 'image');
    mkdirSync(image);
    await packInitrd(writeArchive(await collectRootFiles(chroot)), image);
    copyFileSync(join(chroot.kernelPath, 'boot', `vmlinuz-${chroot.kernelVersion}`), join(image, 'vmlinuz'));
    const info: ImageInfo = { kernel: chroot.kernelVersion, zfs: chroot.zfsVersion, built: new Date().toISOString() };
    writeFileSync(join(image, 'image.json'), `${JSON.stringify(info)}\n`);
    giveAway(image);
    // The rename is what finishes the build: before it there is no image, whatever went wrong.
    renameSync(image, directory);
  } finally {
    process.off('SIGINT', interrupt).off('SIGTERM', interrupt);
    phases.next('removing the chroot');
    // Interrupted programs may take a moment to end, and still write then.
    rmSync(work, { recursive: true, force: true, maxRetries: 20, retryDelay: 200 });
    phases.end();
  }
}

const WORK_PREFIX = 'building-';

/** A build that was killed leaves its work folder; we hold the lock, so it is nobody's. */
function removeLeftovers(): void {
  for (const name of readdirSync(cacheRoot())) {
    if (name.startsWith(WORK_PREFIX)) rmSync(join(cacheRoot(), name), { recursive: true, force: true });
  }
}

async function packInitrd(archive: Buffer, image: string): Promise<void> {
  const plain = join(image, 'initrd');
  writeFileSync(plain, archive);
  const { code, stderr } = await runCommand(['zstd', '-q', '-T0', '-10', '--rm', plain, '-o', `${plain}.zst`]);
  if (code !== 0) throw new Error(`zstd failed: ${stderr.trim()}`);
}

/** Makes a folder and its missing parents, owned by the user who asked for root through sudo. */
function makeOwned(directory: string): void {
  if (existsSync(directory)) return;
  makeOwned(dirname(directory));
  mkdirSync(directory);
  giveAway(directory);
}

function giveAway(directory: string): void {
  const { SUDO_UID, SUDO_GID } = process.env;
  if (SUDO_UID === undefined || SUDO_GID === undefined) return;
  for (const name of ['.', ...readdirSync(directory)])
    chownSync(join(directory, name), Number(SUDO_UID), Number(SUDO_GID));
}

/** Bytes of the files right inside a folder. */
export function folderSize(directory: string): number {
  return readdirSync(directory)
    .map((name) => statSync(join(directory, name)))
    .reduce((sum, found) => sum + (found.isFile() ? found.size : 0), 0);
}
