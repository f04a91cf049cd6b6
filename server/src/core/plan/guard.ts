import type { Policy } from '../policy/policy';
import { formatBytes } from '../text/format-bytes';
import type { Inventory } from '../zfs/inventory';
import { poolOf } from '../zfs/names';
import { isAllowed } from '../zfs/allowed-versions';
import type { Conflict } from './plan';
import type { Situation } from './situation';

/** Refuses a run whose estimated bytes are more than the policy's guard allows, or leave too little at the target. */
export function guardConflicts(policy: Policy, bytes: number, target: Inventory | undefined): readonly Conflict[] {
  return [...tooMuch(policy, bytes), ...tooLittleLeft(policy, bytes, target)];
}

function tooMuch(policy: Policy, bytes: number): readonly Conflict[] {
  const limit = policy.guard.maxEstimate;
  if (limit === undefined || bytes <= limit) return [];
  return [
    guard(
      policy.name,
      `the run would send about ${formatBytes(bytes)}, and guard.maxEstimate allows ${formatBytes(limit)}`,
      ['Find out why it is so much: a new dataset, or much rewritten', 'Raise guard.maxEstimate for this run'],
    ),
  ];
}

function tooLittleLeft(policy: Policy, bytes: number, target: Inventory | undefined): readonly Conflict[] {
  const limit = policy.guard.minFree;
  if (limit === undefined) return [];
  const pool = poolOf(policy.target.dataset);
  const where = `the pool ${pool} on ${policy.target.host}`;
  const free = target?.pools.find(({ name }) => name === pool)?.free;
  if (free === undefined)
    return [
      guard(pool, `how much is free in ${where} could not be read, and guard.minFree asks for ${formatBytes(limit)}`, [
        `Run \`zpool list ${pool}\` on ${policy.target.host} to see why`,
        'Remove guard.minFree for this run',
      ]),
    ];
  if (free - bytes >= limit) return [];
  const left = Math.max(0, free - bytes);
  return [
    guard(
      pool,
      `${where} has ${formatBytes(free)} free and would have about ${formatBytes(left)} after this run, and guard.minFree asks for ${formatBytes(limit)}`,
      ['Make room there: destroy what is no longer needed, or add a disk', 'Lower guard.minFree for this run'],
    ),
  ];
}

/** Another release on either side is refused before anything is asked of it. */
export function versionConflicts({ policy, source, target }: Situation): readonly Conflict[] {
  const { versions } = policy.guard;
  if (versions === undefined) return [];
  const allowed = versions.map(({ text }) => text).join(' or ');
  const sides = [
    { host: policy.source.host, found: source.zfsVersion },
    ...(policy.target.host === policy.source.host ? [] : [{ host: policy.target.host, found: target.zfsVersion }]),
  ];
  return sides.flatMap(({ host, found: { userland, kernel } }) => {
    if ([userland, kernel].every((version) => versions.some((one) => isAllowed(version, one)))) return [];
    const has =
      userland === '' || kernel === ''
        ? 'an OpenZFS whose release could not be read'
        : userland === kernel
          ? `OpenZFS ${kernel}`
          : `the zfs program of OpenZFS ${userland} and the kernel module of ${kernel}`;
    return [
      guard(host, `${host} has ${has}, and guard.versions asks for ${allowed}`, [
        `Bring ${host} to a release that is allowed, and load its module`,
        'Change guard.versions once replication between these releases has been tried',
      ]),
    ];
  });
}

const guard = (subject: string, message: string, choices: readonly string[]): Conflict => ({
  code: 'guard',
  subject,
  message,
  choices,
});
