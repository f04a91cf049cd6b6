/** What a policy comes to as commands: its first run, planned for hosts that nobody has asked. */
import type { Policy } from '../policy/policy';
import type { Dataset, Inventory } from '../zfs/inventory';
import { parentOf, poolOf } from '../zfs/names';
import type { Job } from './plan';
import { planPolicy } from './plan-policy';

/** Seconds. */
const DAY = 86_400;

/**
 * The source is one encrypted dataset with a snapshot of the day before, and the target has nothing of it yet. What
 * depends on the hosts or on the hour (`guard`, `window`) is left out, because here there is neither.
 */
export function sampleRun(policy: Policy, now: string): Job {
  const { window: _, ...rest } = policy;
  const { source, target } = policy;
  const above = parentOf(target.dataset) ?? target.dataset;
  const from: Inventory = { ...hostOf(source.host, source.dataset, now), datasets: [sampleSource(policy, now)] };
  const to: Inventory = { ...hostOf(target.host, target.dataset, now), datasets: [datasetOf(above)] };
  return planPolicy({ ...rest, guard: {} }, from, to, now);
}

function sampleSource({ source, snapshots }: Policy, now: string): Dataset {
  const creation = Math.floor(Date.parse(now) / 1000) - DAY;
  const yesterday = {
    name: `${snapshots.prefix}BEFORE`,
    guid: '2',
    ivsetguid: '2',
    createtxg: '2',
    creation,
    used: 0,
    referenced: 1,
    holds: [],
  };
  return {
    ...datasetOf(source.dataset),
    encryption: 'aes-256-gcm',
    encryptionRoot: source.dataset,
    keyStatus: 'available',
    keyFormat: 'passphrase',
    keyLocation: 'prompt',
    written: 1,
    snapshots: [yesterday],
  };
}

const datasetOf = (name: string): Dataset => ({
  name,
  kind: 'filesystem',
  guid: '1',
  createtxg: '1',
  encryption: 'off',
  mountpoint: { value: 'none', source: 'local' },
  canmount: { value: 'on', source: 'default' },
  mounted: false,
  readonly: { value: 'off', source: 'default' },
  used: 1,
  referenced: 1,
  written: 0,
  snapshots: [],
  bookmarks: [],
});

const hostOf = (host: string, dataset: string, takenAt: string): Omit<Inventory, 'datasets'> => ({
  schema: 1,
  host,
  takenAt,
  zfsVersion: { userland: '2.3.2', kernel: '2.3.2' },
  pools: [{ name: poolOf(dataset), guid: '1', health: 'ONLINE', size: 2 ** 40, free: 2 ** 40 }],
});
