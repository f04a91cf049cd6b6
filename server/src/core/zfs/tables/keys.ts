import type { Flag, Subcommand } from '../subcommand';

const recursive: Flag = {
  name: 'recursive',
  short: 'r',
  summary: 'Acts on every encryption root below the dataset too',
};
const all: Flag = {
  name: 'all',
  short: 'a',
  summary: 'Acts on every encryption root of every pool',
  replacesOperands: true,
};

const loadKey: Subcommand = {
  program: 'zfs',
  name: 'load-key',
  aliases: [],
  summary: 'Loads the key of an encryption root; from then on this host can read it and what inherits its key',
  effect: 'loads-keys',
  operands: { usage: 'DATASET', min: 1, max: 1, kinds: ['dataset'] },
  flags: [
    recursive,
    { name: 'dryRun', short: 'n', summary: 'Only checks whether the key is the right one', effects: ['dry-run'] },
    {
      name: 'keyLocation',
      short: 'L',
      argument: { name: 'KEYLOCATION', kind: 'key-location' },
      summary: 'Reads the key from here, `prompt` or a URI, this time only',
    },
    all,
  ],
};

const unloadKey: Subcommand = {
  program: 'zfs',
  name: 'unload-key',
  aliases: [],
  summary: 'Forgets the key of an encryption root; its datasets must not be mounted',
  effect: 'unloads-keys',
  operands: { usage: 'DATASET', min: 1, max: 1, kinds: ['dataset'] },
  flags: [recursive, all],
};

const changeKey: Subcommand = {
  program: 'zfs',
  name: 'change-key',
  aliases: [],
  summary: 'Gives an encryption root a new key, or makes a dataset one; replicas learn of it with their next increment',
  effect: 'changes-keys',
  operands: { usage: 'DATASET', min: 1, max: 1, kinds: ['dataset'] },
  flags: [
    { name: 'loadKey', short: 'l', summary: 'Loads the present key first', effects: ['loads-keys'] },
    { name: 'inherit', short: 'i', summary: 'Makes the dataset use the key of its parent, and be no encryption root' },
    {
      name: 'set',
      short: 'o',
      argument: { name: 'PROPERTY=VALUE', kind: 'property-assignment' },
      repeatable: true,
      summary: 'Sets keyformat, keylocation or pbkdf2iters of the new key',
    },
  ],
};

export const KEYS: readonly Subcommand[] = [loadKey, unloadKey, changeKey];
