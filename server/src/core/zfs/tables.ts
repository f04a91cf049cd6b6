import type { Subcommand } from './subcommand';
import { DATASETS } from './tables/datasets';
import { KEYS } from './tables/keys';
import { LOOK } from './tables/look';
import { PERMISSIONS } from './tables/permissions';
import { PROPERTIES } from './tables/properties';
import { receive } from './tables/receive';
import { send } from './tables/send';
import { SNAPSHOTS } from './tables/snapshots';
import { ZPOOL } from './tables/zpool';

/** The subcommands that Rawsend knows flag by flag, as OpenZFS 2.1 to 2.4 have them on Linux. */
export const SUBCOMMANDS: readonly Subcommand[] = [
  send,
  receive,
  ...LOOK,
  ...SNAPSHOTS,
  ...DATASETS,
  ...PROPERTIES,
  ...KEYS,
  ...PERMISSIONS,
  ...ZPOOL,
];

/** Subcommands that exist and have no table: not a mistake to name, and nothing is known about their flags. */
export const OTHER_SUBCOMMANDS: Readonly<Record<'zfs' | 'zpool', readonly string[]>> = {
  zfs: [
    'diff',
    'groupspace',
    'help',
    'jail',
    'program',
    'project',
    'projectspace',
    'promote',
    'redact',
    'rewrite',
    'share',
    'unjail',
    'unshare',
    'unzone',
    'upgrade',
    'userspace',
    'wait',
    'zone',
    '-?',
    '--help',
  ],
  zpool: [
    'add',
    'attach',
    'checkpoint',
    'clear',
    'create',
    'ddtprune',
    'destroy',
    'detach',
    'events',
    'export',
    'help',
    'history',
    'import',
    'initialize',
    'iostat',
    'labelclear',
    'offline',
    'online',
    'prefetch',
    'reguid',
    'remove',
    'reopen',
    'replace',
    'resilver',
    'scrub',
    'set',
    'split',
    'sync',
    'trim',
    'upgrade',
    'version',
    'wait',
    '-?',
    '-V',
    '--help',
    '--version',
  ],
};

/** Finds a subcommand by its name or an alias. */
export function findSubcommand(program: string, name: string): Subcommand | undefined {
  return SUBCOMMANDS.find(
    (entry) => entry.program === program && (entry.name === name || entry.aliases.includes(name)),
  );
}
