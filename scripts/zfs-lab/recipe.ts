import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Debian 12 has 2.1 itself, and 2.3 in its backports. */
export const RELEASES = ['2.3', '2.1'] as const;
export type ZfsRelease = (typeof RELEASES)[number];

export const isRelease = (text: string): text is ZfsRelease => RELEASES.some((release) => release === text);

/** What the image is made of. The image holds programs and modules only; keys and settings are added at boot. */
export const RECIPE = {
  suite: 'bookworm',
  backports: 'bookworm-backports',
  components: 'main contrib',
  /** Built into the chroot before ZFS, so that DKMS finds a compiler and the headers of exactly one kernel. */
  packages: [
    'linux-headers-cloud-amd64',
    'dkms',
    'make',
    'gcc',
    'libc6-dev',
    'kmod',
    'openssh-server',
    'openssh-client',
    'busybox-static',
  ],
  /** apt takes a glob: the build fails, and says why, on the day when an archive has left the release. */
  zfsPackages: {
    '2.1': ['zfs-dkms=2.1.*', 'zfsutils-linux=2.1.*', 'libnvpair3linux=2.1.*', 'libuutil3linux=2.1.*'],
    '2.3': ['-t', 'bookworm-backports', 'zfs-dkms=2.3.*', 'zfsutils-linux=2.3.*'],
  },
  programs: [
    '/usr/bin/busybox',
    '/usr/bin/bash',
    '/usr/bin/dash',
    '/usr/sbin/zfs',
    '/usr/sbin/zpool',
    '/usr/sbin/zstream',
    '/usr/sbin/mount.zfs',
    '/usr/sbin/sshd',
    '/usr/bin/ssh',
    '/usr/bin/ssh-keygen',
  ],
  /** zfs calls pthread_cancel(), which opens this library only when it runs: ldd does not list it. */
  libraries: ['/usr/lib/x86_64-linux-gnu/libgcc_s.so.1'],
  modules: ['virtio_pci', 'virtio_net', 'zfs'],
} as const;

const BUILDER_FILES = ['recipe.ts', 'chroot.ts', 'root-files.ts', 'modules.ts', 'cpio.ts'];

/** Names the image: another recipe or another builder makes another image. */
export function recipeHash(release: ZfsRelease): string {
  return `${release}-${hashFiles(__dirname, BUILDER_FILES)}`;
}

/** The files that every guest gets at boot; a change of them asks for new saved guests, not for a new image. */
export const GUEST_DIRECTORY = join(__dirname, 'guest');

export function guestFilesHash(): string {
  return hashFiles(GUEST_DIRECTORY, readdirSync(GUEST_DIRECTORY).toSorted());
}

function hashFiles(directory: string, names: readonly string[]): string {
  const hash = createHash('sha256');
  for (const name of names)
    hash
      .update(`${name}\0`)
      .update(readFileSync(join(directory, name)))
      .update('\0');
  return hash.digest('hex').slice(0, 16);
}
