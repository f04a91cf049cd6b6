/**
 * What a user who is not root needs for a command, and what zfs says without it (facts of 2.3.2, sections n and n2). Looking
 * needs nothing, nor does a dry run.
 */
import type { Command } from '../zfs/command';
import { parentOf } from '../zfs/names';
import { exitCodeOfSet, failed, notModelled } from './outcome';
import type { Outcome } from './outcome';
import { parseAssignment } from './property-edits';
import { isUserProperty } from './property-table';
import type { State } from './state';

export const isAllowed = (state: State, user: string | undefined, dataset: string, permission: string): boolean =>
  user === undefined || user === 'root' || permissionsOf(state, user, dataset).has(permission);

/** Given here or above. */
function permissionsOf(state: State, user: string, dataset: string): ReadonlySet<string> {
  const found = new Set<string>();
  for (let name: string | undefined = dataset; name !== undefined; name = parentOf(name))
    for (const word of state.datasets.get(name)?.allowed?.[user] ?? []) found.add(word);
  return found;
}

/** The outcome of a command that is refused for want of a permission; undefined when it may go on. */
export function refusalFor(state: State, user: string | undefined, command: Command): Outcome | undefined {
  if (user === undefined || user === 'root' || command.flags['dryRun']) return undefined;
  const need = NEEDS[command.subcommand]?.(command);
  if (need === undefined) return undefined;
  const { dataset, permissions, says, exitCode } = need;
  if (!state.datasets.has(dataset) || need.appliesTo?.(state) === false) return undefined;
  const has = permissionsOf(state, user, dataset);
  return permissions.every((word) => has.has(word)) ? undefined : failed(state, says, exitCode?.(state));
}

interface Need {
  readonly dataset: string;
  readonly permissions: readonly string[];
  readonly says: string;
  readonly exitCode?: (state: State) => number;
  /** Nothing to do needs no permission. */
  readonly appliesTo?: (state: State) => boolean;
}

const datasetOf = (name: string | undefined): string => (name ?? '').split(/[@#]/, 1)[0] ?? '';

const forSnapshots =
  (permission: string, says: string) =>
  (command: Command): Need => ({
    dataset: datasetOf(command.operands.at(-1)),
    permissions: [permission],
    says,
  });

const onlyRoot = (what: string) => (): Need => notModelled(`${what} of a user who is not root`);

const NEEDS: Readonly<Record<string, (command: Command) => Need | undefined>> = {
  send: ({ operands, flags }) =>
    flags['token']
      ? notModelled('zfs send -t of a user who is not root')
      : {
          dataset: datasetOf(operands[0]),
          permissions: ['send'],
          says: `warning: cannot send '${operands[0] ?? ''}': permission denied`,
        },
  snapshot: forSnapshots('snapshot', 'cannot create snapshots : permission denied'),
  hold: forSnapshots('hold', 'cannot hold: permission denied'),
  release: forSnapshots('release', 'cannot release: permission denied'),
  bookmark: ({ operands }) => ({
    dataset: datasetOf(operands[1]),
    permissions: ['bookmark'],
    says: `cannot create bookmark '${operands[1] ?? ''}': permission denied`,
  }),
  destroy: ({ operands }) => {
    const [name = ''] = operands;
    const what = name.includes('@') ? 'snapshots' : `'${name}'`;
    return {
      dataset: datasetOf(name),
      permissions: ['destroy', 'mount'],
      says: `cannot destroy ${what}: permission denied`,
    };
  },
  rollback: ({ operands }) => {
    const dataset = datasetOf(operands[0]);
    return { dataset, permissions: ['rollback'], says: `cannot rollback '${dataset}': permission denied` };
  },
  set: ({ operands }) => {
    const dataset = operands.at(-1) ?? '';
    const names = operands.filter((word) => word.includes('=')).map((word) => parseAssignment(word).name);
    return {
      dataset: datasetOf(dataset),
      permissions: names.map(propertyPermission),
      says: `cannot set property for '${dataset}': permission denied`,
      exitCode: exitCodeOfSet,
    };
  },
  'unload-key': ({ operands }) => ({
    dataset: operands[0] ?? '',
    permissions: ['load-key'],
    says: 'Key unload error: Permission denied.',
    exitCode: () => 255,
  }),
  receive: ({ operands, flags }) => {
    const [dataset = ''] = operands;
    if (!flags['abort']) return undefined;
    return {
      dataset,
      permissions: ['destroy', 'mount'],
      says: `cannot destroy '${dataset}': permission denied`,
      appliesTo: (state) => state.datasets.get(dataset)?.partial !== undefined,
    };
  },
  create: onlyRoot('zfs create'),
  clone: onlyRoot('zfs clone'),
  rename: onlyRoot('zfs rename'),
  inherit: onlyRoot('zfs inherit'),
  mount: onlyRoot('zfs mount'),
  unmount: onlyRoot('zfs unmount'),
  allow: ({ operands }) => (operands.length === 1 ? undefined : notModelled('zfs allow of a user who is not root')),
  unallow: onlyRoot('zfs unallow'),
  'change-key': onlyRoot('zfs change-key'),
};

export const propertyPermission = (name: string): string => (isUserProperty(name) ? 'userprop' : name);
