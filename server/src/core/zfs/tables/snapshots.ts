import type { Flag, Operands, Subcommand } from '../subcommand';
import { exact, property, scripted } from './output-flags';

const sameNameBelow: Flag = {
  name: 'recursive',
  short: 'r',
  summary: 'Acts on the snapshots of the same name of every descendant, all at once',
};

const tagged: Operands = { usage: 'TAG SNAPSHOT…', min: 2, kinds: ['hold-tag', 'snapshot'] };

const snapshot: Subcommand = {
  program: 'zfs',
  name: 'snapshot',
  aliases: ['snap'],
  summary: 'Makes snapshots; all of one command are made at the same moment',
  effect: 'writes',
  operands: { usage: 'DATASET@SNAPSHOT…', min: 1, kinds: ['snapshot'] },
  flags: [{ ...sameNameBelow, summary: 'Makes the snapshot on every descendant too, at the same moment' }, property],
};

const hold: Subcommand = {
  program: 'zfs',
  name: 'hold',
  aliases: [],
  summary: 'Puts a named hold on snapshots: they cannot be destroyed until it is released',
  effect: 'writes',
  operands: tagged,
  flags: [sameNameBelow],
};

const holds: Subcommand = {
  program: 'zfs',
  name: 'holds',
  aliases: [],
  summary: 'Lists the holds of snapshots',
  effect: 'reads',
  operands: { usage: 'SNAPSHOT…', min: 1, kinds: ['snapshot'] },
  flags: [scripted, { ...exact, since: '2.2' }, sameNameBelow],
};

const release: Subcommand = {
  program: 'zfs',
  name: 'release',
  aliases: [],
  summary: 'Takes a named hold off snapshots; a snapshot whose destruction was deferred goes with its last hold',
  effect: 'releases',
  operands: tagged,
  flags: [sameNameBelow],
};

const bookmark: Subcommand = {
  program: 'zfs',
  name: 'bookmark',
  aliases: [],
  summary: 'Marks the moment of a snapshot: a base for zfs send -i that keeps no data',
  effect: 'writes',
  operands: { usage: 'SNAPSHOT|BOOKMARK NEWBOOKMARK', min: 2, max: 2, kinds: ['snapshot', 'bookmark'] },
  flags: [],
};

const rollback: Subcommand = {
  program: 'zfs',
  name: 'rollback',
  aliases: [],
  summary: 'Puts a dataset back to its newest snapshot; everything written since is lost',
  effect: 'rolls-back',
  operands: { usage: 'SNAPSHOT', min: 1, max: 1, kinds: ['snapshot'] },
  flags: [
    {
      name: 'destroyNewer',
      short: 'r',
      summary: 'Destroys the snapshots and bookmarks that are newer than the named one',
      effects: ['destroys'],
    },
    {
      name: 'destroyClones',
      short: 'R',
      summary: 'Destroys the newer snapshots and bookmarks, and the clones made of them',
      effects: ['destroys'],
    },
    { name: 'force', short: 'f', summary: 'With -R, unmounts the clones by force', effects: ['unmounts'] },
  ],
};

export const SNAPSHOTS: readonly Subcommand[] = [snapshot, hold, holds, release, bookmark, rollback];
