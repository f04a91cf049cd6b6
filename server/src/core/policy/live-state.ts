/** What a host held when somebody last had it read, for hover and completion: facts, their age, and no judgement. */
import { formatAgo } from '../text/format-age';
import { formatBytes } from '../text/format-bytes';
import { countOf } from '../text/count-of';
import type { Dataset, Inventory } from '../zfs/inventory';
import { isWithin, poolOf } from '../zfs/names';
import { show } from '../yaml/problem';
import type { Known } from './known';
import { inventoryOf } from './known';

/** Markdown about `HOST:DATASET`; undefined for a host that was not read. */
export function describeEndpoint(known: Known, host: string, dataset: string): string | undefined {
  const inventory = inventoryOf(known, host);
  if (inventory === undefined) return undefined;
  const found = inventory.datasets.find(({ name }) => name === dataset);
  const facts =
    found === undefined ? [describeAbsence(inventory, dataset)] : describeDataset(inventory, found, known.now);
  return heading(inventory, known.now) + facts.map((fact) => `\n- ${fact}`).join('');
}

/** Markdown about a host; undefined for one that was not read. */
export function describeHost(known: Known, host: string): string | undefined {
  const inventory = inventoryOf(known, host);
  if (inventory === undefined) return undefined;
  const { userland, kernel } = inventory.zfsVersion;
  const version = userland === kernel ? `OpenZFS ${kernel}` : `OpenZFS ${userland}, kernel module ${kernel}`;
  const pools = inventory.pools.map(
    ({ name, health, free }) => `pool ${show(name)}: ${health}, ${formatBytes(free)} free`,
  );
  return heading(inventory, known.now) + [version, ...pools].map((fact) => `\n- ${fact}`).join('');
}

const heading = (inventory: Inventory, now: number): string =>
  `On ${show(inventory.host)}, as read ${formatAgo(now - Date.parse(inventory.takenAt) / 1000)}:\n`;

function describeAbsence({ datasets, pools }: Inventory, dataset: string): string {
  const pool = pools.find(({ name }) => name === poolOf(dataset));
  if (pool === undefined) return `there is no pool ${show(poolOf(dataset))}`;
  const parents = datasets.filter(({ name }) => isWithin(dataset, name)).map(({ name }) => name);
  const nearest = parents.toSorted((a, b) => b.length - a.length)[0] ?? pool.name;
  return `there is no ${show(dataset)}; the nearest above it is ${show(nearest)}, with ${formatBytes(pool.free)} free in the pool`;
}

function describeDataset({ datasets }: Inventory, dataset: Dataset, now: number): readonly string[] {
  const below = datasets.filter(({ name }) => name !== dataset.name && isWithin(name, dataset.name)).length;
  return [
    `${dataset.kind}, ${describeKey(dataset)}`,
    describeSnapshots(dataset, now),
    ...(below > 0 ? [`${countOf(below, 'dataset')} below it`] : []),
    ...describePlace(dataset),
    ...(dataset.written > 0 ? [`${formatBytes(dataset.written)} written since its newest snapshot`] : []),
    ...(dataset.resumeToken === undefined ? [] : ['a receive was cut and can be resumed']),
  ];
}

/** One line, for a list to choose from. */
export const summariseDataset = (dataset: Dataset): string =>
  `${dataset.kind}, ${describeKey(dataset)}, ${formatBytes(dataset.used)}, ${countOf(dataset.snapshots.length, 'snapshot')}`;

function describeKey({ name, encryption, encryptionRoot, keyStatus }: Dataset): string {
  if (encryption === 'off') return 'not encrypted';
  const root =
    encryptionRoot === undefined || encryptionRoot === name ? '' : ` (encryption root ${show(encryptionRoot)})`;
  const key = keyStatus === undefined ? '' : keyStatus === 'available' ? ', key loaded' : ', key not loaded';
  return `${encryption}${key}${root}`;
}

function describeSnapshots({ snapshots }: Dataset, now: number): string {
  const newest = snapshots.at(-1);
  if (newest === undefined) return 'no snapshots';
  const held = snapshots.filter(({ holds }) => holds.length > 0).length;
  return `${countOf(snapshots.length, 'snapshot')}${held > 0 ? `, ${held} held` : ''}; the newest is ${show(newest.name)}, taken ${formatAgo(now - newest.creation)}`;
}

function describePlace({ kind, mounted, mountpoint, readonly }: Dataset): readonly string[] {
  if (kind === 'volume' || mountpoint === undefined) return [];
  const where = mounted ? `mounted at ${show(mountpoint.value)}` : `not mounted, mountpoint ${show(mountpoint.value)}`;
  return [`${where}, readonly ${readonly.value}`];
}
