import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type Chroot, insideOutput } from './chroot';
import type { ArchiveEntry } from './cpio';
import { orderModules } from './modules';
import { RECIPE } from './recipe';

/** The guest's root file system: programs with their libraries, busybox for the rest, and the kernel modules. */
export async function collectRootFiles(chroot: Chroot): Promise<ArchiveEntry[]> {
  return [
    ...DIRECTORIES.map((path): ArchiveEntry => ({ kind: 'directory', path })),
    ...MERGED.map((path): ArchiveEntry => ({ kind: 'link', path, to: `usr/${path}` })),
    { kind: 'link', path: 'init', to: 'usr/bin/busybox' },
    { kind: 'link', path: 'usr/bin/sh', to: 'dash' },
    { kind: 'link', path: 'etc/mtab', to: '/proc/self/mounts' },
    ...(await appletLinks(chroot)),
    ...(await programFiles(chroot)),
    ...(await moduleEntries(chroot)),
  ];
}

const DIRECTORIES = [
  'proc',
  'sys',
  'dev',
  'run',
  'tmp',
  'mnt',
  'var/empty',
  'var/log',
  'etc/zfs',
  'usr/lib64',
  'usr/lib',
];
const MERGED = ['bin', 'sbin', 'lib', 'lib64'];

async function programFiles({ path }: Chroot): Promise<ArchiveEntry[]> {
  const needed = await insideOutput(path, ['ldd', ...RECIPE.programs, ...RECIPE.libraries]);
  const libraries = [...needed.matchAll(/\/\S+\.so\S*(?= \()/g)].map(([library]) => merged(library));
  return [...new Set([...RECIPE.programs, ...RECIPE.libraries, ...libraries])].map((name) => ({
    kind: 'file',
    path: name.slice(1),
    mode: 0o755,
    data: readFileSync(join(path, name)),
  }));
}

/** ldd prints paths through the links /lib and /lib64. */
const merged = (path: string): string => path.replace(/^\/(lib|lib64|bin|sbin)\//, '/usr/$1/');

async function appletLinks({ path }: Chroot): Promise<ArchiveEntry[]> {
  const own = new Set([...RECIPE.programs.map((name) => basename(name)), 'sh', 'init']);
  const applets = (await insideOutput(path, ['busybox', '--list']))
    .split('\n')
    .filter((name) => name !== '' && !own.has(name));
  return applets.map((name) => ({ kind: 'link', path: `usr/bin/${name}`, to: 'busybox' }));
}

async function moduleEntries({ path, kernelPath, kernelVersion }: Chroot): Promise<ArchiveEntry[]> {
  const roots = [
    join(kernelPath, 'lib/modules', kernelVersion),
    join(path, 'lib/modules', kernelVersion, 'updates/dkms'),
  ];
  const modules = orderModules(roots, RECIPE.modules);
  await insideOutput(path, ['strip', '--strip-debug', ...modules.map((name) => name.slice(path.length))]);
  const files = modules.map((name): ArchiveEntry => {
    return { kind: 'file', path: `usr/lib/modules/${basename(name)}`, mode: 0o644, data: readFileSync(name) };
  });
  const order = modules.map((name) => `${basename(name)}\n`).join('');
  return [...files, { kind: 'file', path: 'usr/lib/modules/order', mode: 0o644, data: Buffer.from(order) }];
}
