import { chmodSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Mirrors } from './apt-sources';
import { type LogOptions, runCommand, runLogged } from './command';
import { RECIPE } from './recipe';
import type { ZfsRelease } from './recipe';

export interface Chroot {
  readonly path: string;
  /** Where the kernel package was unpacked, inside the chroot. */
  readonly kernelPath: string;
  readonly kernelVersion: string;
  readonly zfsVersion: string;
}

export interface ChrootOptions extends LogOptions {
  readonly path: string;
  readonly release: ZfsRelease;
  readonly mirrors: Mirrors;
  readonly phase: (name: string) => void;
}

/**
 * Makes a Debian tree with compiled ZFS modules and an unpacked kernel. Needs root. Every command has
 * mounts and processes of its own, which end with it: whatever fails, the tree can be removed.
 */
export async function makeChroot(options: ChrootOptions): Promise<Chroot> {
  const { path, release, mirrors, phase } = options;
  phase('debootstrap');
  const debootstrap = ['debootstrap', '--variant=minbase', '--include=ca-certificates'];
  await runLogged([...CONTAINED, ...debootstrap, RECIPE.suite, path, mirrors.archive], options);
  await configureApt(path, mirrors);

  phase('packages');
  await runInside(options, 'apt-get', 'update');
  await runInside(options, ...INSTALL, ...RECIPE.packages);
  phase('ZFS modules (compiled by DKMS)');
  await runInside(options, ...INSTALL, ...RECIPE.zfsPackages[release]);

  phase('kernel');
  const kernelVersion = onlyName(join(path, 'lib/modules'));
  const kernelPath = join(path, 'kernel');
  // Unpacked, never installed: installing a kernel brings initramfs-tools along.
  const unpack = `cd /tmp && apt-get download linux-image-${kernelVersion} && dpkg-deb -x linux-image-*.deb /kernel`;
  await runInside(options, 'sh', '-c', unpack);
  const zfsVersion = (await insideOutput(path, ['dpkg-query', '-W', '-f', '${Version}', 'zfsutils-linux'])).trim();
  return { path, kernelPath, kernelVersion, zfsVersion };
}

/** The standard output of a command in the chroot; its exit code is ignored, as ldd fails for static programs. */
export async function insideOutput(path: string, argv: readonly string[]): Promise<string> {
  return (await runCommand(['chroot', path, ...argv])).stdout;
}

const CONTAINED = ['unshare', '--mount', '--propagation', 'private', '--pid', '--fork', '--kill-child'];
const INSTALL = ['apt-get', 'install', '-y', '--no-install-recommends'];

async function runInside(options: ChrootOptions, ...argv: readonly string[]): Promise<void> {
  const script = 'mount -t proc proc "$0/proc" && exec chroot "$0" "$@"';
  await runLogged([...CONTAINED, 'sh', '-c', script, options.path, ...argv], options);
}

async function configureApt(path: string, { archive, security }: Mirrors): Promise<void> {
  const { suite, backports, components } = RECIPE;
  const sources = [suite, `${suite}-updates`, backports].map((name) => `deb ${archive} ${name} ${components}`);
  if (security !== undefined) sources.push(`deb ${security} ${suite}-security ${components}`);
  writeFileSync(join(path, 'etc/apt/sources.list'), `${sources.join('\n')}\n`);
  // The machine's own proxies and checks: an archive that it can reach only so must be reached so from inside too.
  const acquire = await runCommand(['apt-config', 'dump', '--no-empty', '--format', '%F "%v";%n', 'Acquire']);
  const wanted = acquire.stdout.split('\n').filter((line) => /^Acquire::(?:https?|Check-|Retries|ForceIP)/.test(line));
  writeFileSync(join(path, 'etc/apt/apt.conf.d/00machine'), `${wanted.join('\n')}\n`);
  const noService = join(path, 'usr/sbin/policy-rc.d');
  writeFileSync(noService, '#!/bin/sh\nexit 101\n');
  chmodSync(noService, 0o755);
  const excluded = ['man', 'doc', 'locale'].map((name) => `path-exclude=/usr/share/${name}/*\n`);
  writeFileSync(join(path, 'etc/dpkg/dpkg.cfg.d/slim'), excluded.join(''));
}

function onlyName(directory: string): string {
  const [name, ...others] = readdirSync(directory);
  if (name === undefined || others.length > 0) throw new Error(`expected exactly one kernel in ${directory}`);
  return name;
}
