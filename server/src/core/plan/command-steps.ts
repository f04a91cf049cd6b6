import type { Policy } from '../policy/policy';
import type { Pair, Situation } from './situation';
import { holdTag } from './situation';
import type { CommandDraft } from './step-draft';
import { inChunks, zfs } from './step-draft';

/**
 * One snapshot of every included dataset at the same moment. `-r` would also reach excluded children, so with
 * those the snapshots are named one by one in a single, still atomic, command.
 */
export function snapshotStep(situation: Situation, name: string): CommandDraft {
  const { policy, pairs, excluded } = situation;
  const everything = policy.recursive && excluded.length === 0;
  return {
    ...at(policy.source.host),
    purpose: 'snapshot',
    title: `Take the snapshot @${name} of ${policy.source.dataset}${policy.recursive ? ' and its children' : ''}`,
    command: everything
      ? zfs('snapshot', { recursive: true }, [`${policy.source.dataset}@${name}`])
      : zfs(
          'snapshot',
          {},
          pairs.map((pair) => `${pair.source.name}@${name}`),
        ),
  };
}

/** Holds a snapshot on the datasets that do not hold it yet, so that nothing can prune the next base. */
export function holdSteps(situation: Situation, name: string): readonly CommandDraft[] {
  const { policy, pairs } = situation;
  const tag = holdTag(policy);
  const unheld = pairs
    .filter((pair) => !pair.source.snapshots.some((one) => one.name === name && one.holds.includes(tag)))
    .map((pair) => `${pair.source.name}@${name}`);
  return holdStepsOf(policy, unheld, `Hold @${name}, the next base, with the tag ${tag}`);
}

/** `unheld`: full names, none of which has the policy's hold. */
export function holdStepsOf(policy: Policy, unheld: readonly string[], title: string): readonly CommandDraft[] {
  const tag = holdTag(policy);
  return inChunks(unheld).map((snapshots) => ({
    ...at(policy.source.host),
    purpose: 'hold',
    title,
    command: zfs('hold', {}, [tag, ...snapshots]),
    // zfs holds the other snapshots of the command all the same (measured on 2.3.2).
    tolerates: ['hold-exists'],
  }));
}

/**
 * Lets go of every base of this policy but the last, once the last is proven at the target. `held`: full names of what the
 * plan itself holds on its way.
 */
export function releaseSteps(situation: Situation, keep: string, held: readonly string[]): readonly CommandDraft[] {
  const { policy, pairs } = situation;
  const tag = holdTag(policy);
  const before = pairs.flatMap(({ source }) =>
    source.snapshots
      .filter((one) => one.holds.includes(tag) && one.name !== keep)
      .map((one) => `${source.name}@${one.name}`),
  );
  return inChunks([...new Set([...before, ...held])]).map((snapshots) => ({
    ...at(policy.source.host),
    purpose: 'release',
    title: 'Release the bases that are no longer needed',
    command: zfs('release', {}, [tag, ...snapshots]),
    // Another run may have released it: what is asked for is that no hold is left.
    tolerates: ['hold-missing'],
    afterProof: true,
  }));
}

/**
 * Sets the key location of target encryption roots. A property-bearing stream overwrites it with the source's,
 * and neither `-o` nor `-x` prevents that; it can never be `none`.
 */
export function keyLocationSteps(policy: Policy, roots: readonly string[]): readonly CommandDraft[] {
  return inChunks(roots).map((datasets) => ({
    ...at(policy.target.host),
    purpose: 'set',
    title: `Set keylocation=${policy.keys.location} on the target's encryption roots`,
    command: zfs('set', {}, [`keylocation=${policy.keys.location}`, ...datasets]),
  }));
}

/** Puts properties back that the policy sets and somebody changed at the target. */
export function repairSteps(situation: Situation): readonly CommandDraft[] {
  const { policy, pairs } = situation;
  return Object.entries(policy.receive.set).flatMap(([property, value]) => {
    const drifted = pairs.filter((pair) => hasDrifted(pair, property, value)).map((pair) => pair.targetName);
    return inChunks(drifted).map((datasets): CommandDraft => ({
      ...at(policy.target.host),
      purpose: 'set',
      title: `Put ${property}=${value} back at the target`,
      command: zfs('set', {}, [`${property}=${value}`, ...datasets]),
    }));
  });
}

/** The properties of `receive.set` that an inventory knows. */
function hasDrifted({ target }: Pair, property: string, value: string): boolean {
  if (target === undefined) return false;
  const known = { mountpoint: target.mountpoint, canmount: target.canmount, readonly: target.readonly };
  const found = Object.entries(known).find(([name]) => name === property)?.[1];
  return found !== undefined && found.value !== value;
}

function at(host: string): Pick<CommandDraft, 'kind' | 'host' | 'tolerates' | 'afterProof'> {
  return { kind: 'command', host, tolerates: [], afterProof: false };
}
