import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { MIRROR_VARIABLE, readMirrors } from './apt-sources';
import { imageDirectory } from './cache';
import type { ZfsRelease } from './recipe';

/** Programs that the lab starts, and the Debian packages that bring them. */
const TO_RUN = {
  'qemu-system-x86_64': 'qemu-system-x86',
  zstd: 'zstd',
  ssh: 'openssh-client',
  'ssh-keygen': 'openssh-client',
  flock: 'util-linux',
} as const;

const TO_BUILD = {
  debootstrap: 'debootstrap',
  unshare: 'util-linux',
  chroot: 'coreutils',
  'apt-config': 'apt',
} as const;

/** Why the zfs-lab cannot be started here, and what to do about it; undefined when it can. */
export function missingForLab(release: ZfsRelease = '2.3'): string | undefined {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    return `the zfs-lab needs Linux on x86-64, and this is ${process.platform} on ${process.arch}`;
  }
  return missingPrograms(TO_RUN) ?? (existsSync(imageDirectory(release)) ? undefined : missingForBuild(release));
}

function missingForBuild(release: ZfsRelease): string | undefined {
  const missing = missingPrograms(TO_BUILD);
  if (missing !== undefined) return missing;
  if (process.getuid?.() !== 0) {
    return (
      'the guest image is not built, and building it needs root; build it once for this user with: ' +
      'sudo env "PATH=$PATH" "XDG_CACHE_HOME=${XDG_CACHE_HOME:-$HOME/.cache}" npm run zfs-lab -- build ' +
      release
    );
  }
  if (readMirrors() === undefined) {
    return `/etc/apt names no Debian mirror over http(s) to build the guest from; set ${MIRROR_VARIABLE} to one`;
  }
  return undefined;
}

function missingPrograms(needed: Readonly<Record<string, string>>): string | undefined {
  const missing = Object.keys(needed).filter((program) => !isOnPath(program));
  if (missing.length === 0) return undefined;
  const packages = new Set(missing.map((program) => needed[program]));
  return `${missing.join(', ')} not found; install with: apt-get install -y --no-install-recommends ${[...packages].join(' ')}`;
}

function isOnPath(program: string): boolean {
  return [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin', '/sbin'].some((directory) => {
    try {
      accessSync(join(directory, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}
