import type { Dataset, Inventory } from '../../../server/src/protocol';
import type { DatasetNode, HostNode, Node, PoolNode } from './node';

/** How many snapshots of a dataset the view shows before it asks. */
export const PAGE = 50;

export function poolsOf(parent: HostNode, inventory: Inventory): readonly Node[] {
  const pools = inventory.pools.flatMap((pool): Node[] => {
    const dataset = inventory.datasets.find(({ name }) => name === pool.name);
    return dataset === undefined ? [] : [{ kind: 'pool', parent, pool, dataset, inventory }];
  });
  return pools.length > 0 ? pools : [{ kind: 'empty', parent }];
}

/** Child datasets, then snapshots, then bookmarks; the newest first, for that is what one looks for. */
export function contentsOf(parent: PoolNode | DatasetNode, shown: number): readonly Node[] {
  const { dataset, inventory } = parent;
  const host = parent.parent;
  const datasets = childrenOf(dataset, inventory).map((child): Node => ({
    kind: 'dataset',
    parent: host,
    dataset: child,
    inventory,
  }));
  const snapshots = dataset.snapshots.toReversed();
  const hidden = snapshots.length - shown;
  return [
    ...datasets,
    ...snapshots.slice(0, shown).map((snapshot): Node => ({ kind: 'snapshot', parent, snapshot })),
    ...(hidden > 0 ? [{ kind: 'more', parent, hidden } as const] : []),
    ...dataset.bookmarks.toReversed().map((bookmark): Node => ({ kind: 'bookmark', parent, bookmark })),
  ];
}

export const hasContents = ({ dataset, inventory }: PoolNode | DatasetNode): boolean =>
  dataset.snapshots.length > 0 || dataset.bookmarks.length > 0 || childrenOf(dataset, inventory).length > 0;

function childrenOf(parent: Dataset, { datasets }: Inventory): readonly Dataset[] {
  const prefix = `${parent.name}/`;
  return datasets.filter(({ name }) => name.startsWith(prefix) && !name.includes('/', prefix.length));
}
