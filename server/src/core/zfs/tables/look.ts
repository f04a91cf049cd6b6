import type { Subcommand } from '../subcommand';
import { columns, depth, exact, json, jsonInt, recursive, scripted, types } from './output-flags';

const list: Subcommand = {
  program: 'zfs',
  name: 'list',
  aliases: [],
  summary: 'Lists datasets, snapshots and bookmarks with their properties',
  effect: 'reads',
  operands: { usage: '[DATASET|SNAPSHOT]…', min: 0, kinds: ['dataset'] },
  flags: [
    scripted,
    exact,
    json,
    jsonInt,
    recursive,
    depth,
    types,
    columns,
    {
      name: 'sort',
      short: 's',
      argument: { name: 'PROPERTY', kind: 'property' },
      repeatable: true,
      summary: 'Sorts by this column, smallest first',
    },
    {
      name: 'sortDescending',
      short: 'S',
      argument: { name: 'PROPERTY', kind: 'property' },
      repeatable: true,
      summary: 'Sorts by this column, largest first',
    },
  ],
};

const get: Subcommand = {
  program: 'zfs',
  name: 'get',
  aliases: [],
  summary: 'Prints properties with their values and where these come from',
  effect: 'reads',
  operands: { usage: 'all|PROPERTY[,PROPERTY]… [DATASET|SNAPSHOT|BOOKMARK]…', min: 1, kinds: ['columns', 'dataset'] },
  flags: [
    scripted,
    exact,
    json,
    jsonInt,
    recursive,
    depth,
    types,
    columns,
    {
      name: 'sources',
      short: 's',
      argument: { name: 'SOURCE[,SOURCE]…', kind: 'sources' },
      summary: 'Shows only values from these sources: local, default, inherited, received, temporary or none',
    },
  ],
};

const version: Subcommand = {
  program: 'zfs',
  name: 'version',
  aliases: ['-V', '--version'],
  summary: 'Prints the versions of the zfs program and of the kernel module',
  effect: 'reads',
  operands: { usage: '', min: 0, max: 0, kinds: [] },
  flags: [json],
};

export const LOOK: readonly Subcommand[] = [list, get, version];
