import type { Kind } from '../property-table';
import type { Bookmark, Dataset, Snapshot, State } from '../state';

/** One thing that `zfs list` and `zfs get` show. */
export interface Target {
  readonly name: string;
  readonly kind: Kind;
  readonly dataset: Dataset;
  readonly snapshot?: Snapshot;
  readonly bookmark?: Bookmark;
}

export const headTarget = (dataset: Dataset): Target => ({ name: dataset.name, kind: dataset.kind, dataset });

export const snapshotTargets = (dataset: Dataset): readonly Target[] =>
  dataset.snapshots.map((snapshot) => ({
    name: `${dataset.name}@${snapshot.name}`,
    kind: 'snapshot',
    dataset,
    snapshot,
  }));

export const bookmarkTargets = (dataset: Dataset): readonly Target[] =>
  dataset.bookmarks.map((bookmark) => ({
    name: `${dataset.name}#${bookmark.name}`,
    kind: 'bookmark',
    dataset,
    bookmark,
  }));

/** The thing of a name, which exists. */
export function targetOf(state: State, name: string): Target | undefined {
  const dataset = state.datasets.get(name.split(/[@#]/, 1)[0] ?? '');
  if (dataset === undefined) return undefined;
  if (name === dataset.name) return headTarget(dataset);
  return [...snapshotTargets(dataset), ...bookmarkTargets(dataset)].find((target) => target.name === name);
}
