import { formatBytes } from '../../core/text/format-bytes';
import type { Bookmark, Dataset, Inventory, Pool, Snapshot } from '../../core/zfs/inventory';
import { harmless, type Style } from '../style';

/** The text form of `inventory`: pools, their datasets as a tree, and the snapshots and bookmarks of each. */
export function formatInventory(inventory: Inventory, style: Style): string {
  const { userland, kernel } = inventory.zfsVersion;
  const version = userland === kernel ? userland : `${userland}, kernel module ${kernel}`;
  const lines = [
    `${style.strong(harmless(inventory.host))}  OpenZFS ${version}, looked at ${inventory.takenAt}`,
    ...inventory.pools.flatMap((pool) => formatPool(pool, inventory.datasets, style)),
  ];
  return `${lines.join('\n')}\n`;
}

function formatPool(pool: Pool, datasets: readonly Dataset[], style: Style): readonly string[] {
  const health = pool.health === 'ONLINE' ? style.good(pool.health) : style.bad(pool.health);
  const own = datasets.filter(({ name }) => name === pool.name || name.startsWith(`${pool.name}/`));
  return [
    `${style.strong(pool.name)}  ${health}, ${formatBytes(pool.free)} free of ${formatBytes(pool.size)}`,
    ...own.flatMap((dataset) => formatDataset(dataset, style)),
  ];
}

function formatDataset(dataset: Dataset, style: Style): readonly string[] {
  const indent = '  '.repeat(dataset.name.split('/').length);
  const facts = [
    dataset.kind,
    formatBytes(dataset.used),
    ...formatEncryption(dataset, style),
    ...(dataset.mounted ? ['mounted'] : []),
    ...(dataset.resumeToken === undefined ? [] : [style.bad('interrupted receive')]),
  ];
  return [
    `${indent}${style.strong(harmless(dataset.name))}  ${facts.join(', ')}`,
    ...dataset.snapshots.map((snapshot) => `${indent}  ${formatSnapshot(snapshot, style)}`),
    ...dataset.bookmarks.map((bookmark) => `${indent}  ${formatBookmark(bookmark)}`),
  ];
}

function formatEncryption(dataset: Dataset, style: Style): readonly string[] {
  if (dataset.encryption === 'off') return [style.bad('not encrypted')];
  const root = dataset.encryptionRoot;
  const place = root === undefined || root === dataset.name ? 'encryption root' : `key of ${harmless(root)}`;
  return [dataset.encryption, place, dataset.keyStatus === 'available' ? 'key loaded' : 'key not loaded'];
}

function formatSnapshot({ name, creation, used, holds }: Snapshot, style: Style): string {
  const held = holds.length === 0 ? '' : `  ${style.faint(`held by ${harmless(holds.join(', '))}`)}`;
  return `@${harmless(name)}  ${toMinute(creation)}  ${formatBytes(used)}${held}`;
}

const formatBookmark = ({ name, creation }: Bookmark): string => `#${harmless(name)}  ${toMinute(creation)}`;

/** Unix seconds → `2025-11-23 04:05Z`. */
const toMinute = (seconds: number): string =>
  `${new Date(seconds * 1000).toISOString().slice(0, 16).replace('T', ' ')}Z`;
