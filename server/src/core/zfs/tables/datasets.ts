import type { Flag, Subcommand } from '../subcommand';
import { property } from './output-flags';

const dryRun: Flag = {
  name: 'dryRun',
  short: 'n',
  summary: 'Changes nothing; with -v prints what would be done',
  effects: ['dry-run'],
};
const parsable: Flag = { name: 'parsable', short: 'P', summary: 'Prints machine-readable lines' };
const verbose: Flag = { name: 'verbose', short: 'v', summary: 'Prints what is done' };
const parents: Flag = { name: 'parents', short: 'p', summary: 'Makes the missing datasets above the new one' };
const noMount: Flag = { name: 'noMount', short: 'u', summary: 'Does not mount the new file system' };

const create: Subcommand = {
  program: 'zfs',
  name: 'create',
  aliases: [],
  summary: 'Makes a file system, or a volume with -V',
  effect: 'writes',
  operands: { usage: 'DATASET', min: 1, max: 1, kinds: ['dataset'] },
  flags: [
    noMount,
    parents,
    dryRun,
    parsable,
    verbose,
    { name: 'sparse', short: 's', summary: 'Makes the volume without a reservation' },
    {
      name: 'blockSize',
      short: 'b',
      argument: { name: 'SIZE', kind: 'size' },
      summary: 'Makes the volume with this volblocksize',
    },
    { ...property, summary: 'Sets a property of the new dataset; encryption and keyformat can only be set here' },
    { name: 'volume', short: 'V', argument: { name: 'SIZE', kind: 'size' }, summary: 'Makes a volume of this size' },
  ],
};

const destroy: Subcommand = {
  program: 'zfs',
  name: 'destroy',
  aliases: [],
  summary: 'Destroys a dataset, snapshots or a bookmark',
  effect: 'destroys',
  operands: { usage: 'DATASET|DATASET@SNAPSHOT[%SNAPSHOT][,…]|BOOKMARK', min: 1, max: 1, kinds: ['dataset'] },
  flags: [
    dryRun,
    { ...parsable, short: 'p' },
    verbose,
    { name: 'recursive', short: 'r', summary: 'Destroys every descendant too, or the snapshots of that name below' },
    { name: 'dependents', short: 'R', summary: 'Destroys every dependent too, also clones elsewhere in the pool' },
    { name: 'forceUnmount', short: 'f', summary: 'Unmounts by force', effects: ['unmounts'] },
    { name: 'defer', short: 'd', summary: 'Destroys a held snapshot later, when its last hold is released' },
  ],
};

const rename: Subcommand = {
  program: 'zfs',
  name: 'rename',
  aliases: [],
  summary: 'Renames a dataset, with everything below it, or a snapshot',
  effect: 'writes',
  operands: { usage: 'OLD NEW', min: 2, max: 2, kinds: ['dataset', 'dataset'] },
  flags: [
    { name: 'recursive', short: 'r', summary: 'Renames the snapshots of that name of every descendant' },
    { ...parents },
    { name: 'noRemount', short: 'u', summary: 'Does not remount the file systems, and keeps their mountpoints' },
    { name: 'forceUnmount', short: 'f', summary: 'Unmounts by force', effects: ['unmounts'] },
  ],
};

const mount: Subcommand = {
  program: 'zfs',
  name: 'mount',
  aliases: [],
  summary: 'Mounts a file system, or lists what is mounted; a replica mounted read-write refuses its next increment',
  effect: 'mounts',
  operands: { usage: '[FILESYSTEM]', min: 0, max: 1, kinds: ['dataset'] },
  flags: [
    { name: 'json', short: 'j', long: 'json', summary: 'Prints what is mounted as JSON', since: '2.3' },
    {
      name: 'loadKeys',
      short: 'l',
      summary: 'Loads the keys of encrypted file systems first',
      effects: ['loads-keys'],
    },
    { name: 'verbose', short: 'v', summary: 'Prints the progress' },
    { name: 'overlay', short: 'O', summary: 'Mounts over a directory that is not empty' },
    { name: 'force', short: 'f', summary: 'Mounts by force, also what is redacted' },
    {
      name: 'options',
      short: 'o',
      argument: { name: 'OPTIONS', kind: 'mount-options' },
      repeatable: true,
      summary: 'Uses these mount options, between commas, for this mount only',
    },
    { name: 'recursive', short: 'R', summary: 'Mounts every descendant too', since: '2.2.4' },
    { name: 'all', short: 'a', summary: 'Mounts every file system that may be mounted', replacesOperands: true },
  ],
};

const unmount: Subcommand = {
  program: 'zfs',
  name: 'unmount',
  aliases: ['umount'],
  summary: 'Unmounts a file system and what is mounted below it',
  effect: 'unmounts',
  operands: { usage: 'FILESYSTEM|MOUNTPOINT', min: 1, max: 1, kinds: ['dataset'] },
  flags: [
    { name: 'force', short: 'f', summary: 'Unmounts also what is in use' },
    {
      name: 'unloadKeys',
      short: 'u',
      summary: 'Unloads the keys that nothing needs any more',
      effects: ['unloads-keys'],
    },
    { name: 'all', short: 'a', summary: 'Unmounts every file system', replacesOperands: true },
  ],
};

const clone: Subcommand = {
  program: 'zfs',
  name: 'clone',
  aliases: [],
  summary: 'Makes a dataset that begins as a snapshot is; the snapshot cannot be destroyed while the clone exists',
  effect: 'writes',
  operands: { usage: 'SNAPSHOT DATASET', min: 2, max: 2, kinds: ['snapshot', 'dataset'] },
  flags: [parents, { ...property, summary: 'Sets a property of the clone; it is encrypted as its snapshot is' }],
};

export const DATASETS: readonly Subcommand[] = [create, destroy, rename, mount, unmount, clone];
