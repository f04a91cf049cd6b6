import type { Policy } from '../policy/policy';
import type { FlagValue } from '../zfs/command';
import type { Dataset } from '../zfs/inventory';

type Flags = Readonly<Record<string, FlagValue>>;

/** Properties that a volume does not have: zfs warns about them, and refuses `-o canmount`. */
const FILESYSTEM_ONLY = new Set([
  'aclinherit',
  'aclmode',
  'acltype',
  'atime',
  'canmount',
  'devices',
  'exec',
  'mountpoint',
  'nbmand',
  'overlay',
  'quota',
  'recordsize',
  'refquota',
  'relatime',
  'setuid',
  'sharenfs',
  'sharesmb',
  'snapdir',
  'vscan',
  'xattr',
  'zoned',
]);

/** Size limits are not inherited. */
const LIMITS = new Set(['quota', 'refquota', 'reservation', 'refreservation']);

/** The flags of every receive: `-u`, and `-s` unless the policy says otherwise. */
export function plainReceive(policy: Policy): Flags {
  return policy.receive.resumable ? { resumable: true, noMount: true } : { noMount: true };
}

/**
 * The flags of the receive that makes a dataset, or goes on making it.
 *
 * An ignored size limit is pinned to `none`. `-x` on a later `-R` stream covers only the stream's top dataset:
 * a child without a local value takes the source's quota or refreservation (measured on 2.3.2).
 */
export function makingReceive(policy: Policy, kind: Dataset['kind']): Flags {
  const applies = (property: string): boolean => kind === 'filesystem' || !FILESYSTEM_ONLY.has(property);
  const ignored = policy.receive.ignore.filter(applies);
  const pinned = ignored.filter((property) => LIMITS.has(property) && policy.receive.set[property] === undefined);
  const set = Object.entries(policy.receive.set).filter(([property]) => applies(property));
  return withProperties(
    policy,
    [...set.map(([property, value]) => `${property}=${value}`), ...pinned.map((property) => `${property}=none`)],
    ignored.filter((property) => !LIMITS.has(property)),
  );
}

/**
 * The flags of the receive of an adopting `-R` stream. They are needed on each one: the first property-bearing
 * receive onto a dataset wipes the local values of its top.
 */
export function adoptingReceive(policy: Policy): Flags {
  return withProperties(
    policy,
    Object.entries(policy.receive.set).map(([property, value]) => `${property}=${value}`),
    policy.receive.ignore,
  );
}

function withProperties(policy: Policy, set: readonly string[], ignore: readonly string[]): Flags {
  return {
    ...plainReceive(policy),
    ...(set.length > 0 ? { set } : {}),
    ...(ignore.length > 0 ? { ignore } : {}),
  };
}
