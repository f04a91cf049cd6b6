/** What a policy comes to as commands: runs of it, planned for hosts that nobody has asked. */
import { bringerOf } from '../policy/bringer';
import type { Policy, PolicyFile } from '../policy/policy';
import { emptyDataset } from '../zfs/empty-dataset';
import type { Dataset, Inventory } from '../zfs/inventory';
import { parentOf, poolOf } from '../zfs/names';
import type { Job } from './plan';
import { planSituation } from './plan-policy';
import { situationIn } from './relay';
import { holdTag } from './situation';

/** Seconds. */
const DAY = 86_400;

/** Both sides of a policy. */
interface Sample {
  readonly from: Inventory;
  readonly to: Inventory;
}

/**
 * The first run. The source is one encrypted dataset with a snapshot of the day before, and the target has nothing of it
 * yet. What depends on the hosts or on the hour (`guard`, `window`) is left out, because here there is neither. A source that
 * another policy of the file brings has one snapshot more, and no key.
 */
export function sampleRun(file: PolicyFile, policy: Policy, now: string): Job {
  const from = sourceOf(file, policy, now, sampleSource(policy, now, []));
  return planSample(file, policy, { from, to: targetOf(policy, now, []) }, now);
}

/** A later run: something was written, or brought, since the one before, whose snapshot both sides have. */
export const sampleIncrement = (file: PolicyFile, policy: Policy, now: string): Job =>
  planSample(file, policy, sampleReplica(file, policy, now), now);

/** Both sides as a run of the day before has left them, and what has come to the source since. */
export function sampleReplica(file: PolicyFile, policy: Policy, now: string): Sample {
  const held = sampleSource(policy, now, [holdTag(policy)]);
  return { from: sourceOf(file, policy, now, held), to: targetOf(policy, now, [replicaOf(policy, held)]) };
}

function planSample(file: PolicyFile, policy: Policy, { from, to }: Sample, now: string): Job {
  const { window: _, ...rest } = policy;
  return planSituation(situationIn(file, { ...rest, guard: {} }, { source: from, target: to }, now));
}

function sourceOf(file: PolicyFile, policy: Policy, now: string, dataset: Dataset): Inventory {
  const { source } = policy;
  const isRelay = bringerOf(file, policy) !== undefined;
  return { ...hostOf(source.host, source.dataset, now), datasets: [isRelay ? broughtTo(policy, dataset) : dataset] };
}

function targetOf({ target }: Policy, now: string, replica: readonly Dataset[]): Inventory {
  const above = parentOf(target.dataset) ?? target.dataset;
  const parents = replica.some(({ name }) => name === above) ? [] : [emptyDataset(above)];
  return { ...hostOf(target.host, target.dataset, now), datasets: [...parents, ...replica] };
}

function sampleSource({ source, snapshots }: Policy, now: string, holds: readonly string[]): Dataset {
  const creation = Math.floor(Date.parse(now) / 1000) - DAY;
  const yesterday = {
    name: `${snapshots.prefix}BEFORE`,
    guid: '2',
    ivsetguid: '2',
    createtxg: '2',
    creation,
    used: 0,
    referenced: 1,
    holds,
  };
  return {
    ...emptyDataset(source.dataset),
    encryption: 'aes-256-gcm',
    encryptionRoot: source.dataset,
    keyStatus: 'available',
    keyFormat: 'passphrase',
    keyLocation: 'prompt',
    written: 1,
    snapshots: [yesterday],
  };
}

/** With the properties that the policy sets, so that nothing has to be put back. */
function replicaOf({ target, receive, keys }: Policy, source: Dataset): Dataset {
  const { mountpoint = 'none', canmount = 'on', readonly = 'off' } = receive.set;
  return {
    ...source,
    name: target.dataset,
    encryptionRoot: target.dataset,
    keyStatus: 'unavailable',
    keyLocation: keys.location,
    mountpoint: { value: mountpoint, source: 'local' },
    canmount: { value: canmount, source: 'local' },
    readonly: { value: readonly, source: 'local' },
    mounted: false,
    written: 0,
    snapshots: source.snapshots.map((snapshot) => ({ ...snapshot, holds: [] })),
  };
}

/** The relay that a source is: what was written is a snapshot that has come. */
function broughtTo({ snapshots: { prefix } }: Policy, dataset: Dataset): Dataset {
  const newest = { name: `${prefix}NEWEST`, guid: '3', ivsetguid: '3', createtxg: '3', holds: [] };
  const snapshots = dataset.snapshots.flatMap((before) => [before, { ...before, ...newest }]);
  return { ...dataset, keyStatus: 'unavailable', mounted: false, written: 0, snapshots };
}

const hostOf = (host: string, dataset: string, takenAt: string): Omit<Inventory, 'datasets'> => ({
  schema: 1,
  host,
  takenAt,
  zfsVersion: { userland: '2.3.2', kernel: '2.3.2' },
  pools: [{ name: poolOf(dataset), guid: '1', health: 'ONLINE', size: 2 ** 40, free: 2 ** 40 }],
});
