/** Finding, listing and replacing parts of a state. */
import { isWithin, parentOf, poolOf } from '../zfs/names';
import type { Dataset, Snapshot, State } from './state';

/** A new state with these datasets in place of those of the same name. */
export function withDatasets(state: State, datasets: readonly Dataset[]): State {
  if (datasets.length === 0) return state;
  const next = new Map(state.datasets);
  for (const dataset of datasets) next.set(dataset.name, dataset);
  return { ...state, datasets: next };
}

export function withoutDatasets(state: State, names: readonly string[]): State {
  const next = new Map(state.datasets);
  for (const name of names) next.delete(name);
  return { ...state, datasets: next };
}

/** Changes one dataset that is known to exist. */
export function change(state: State, name: string, edit: (dataset: Dataset) => Dataset): State {
  return withDatasets(state, [edit(mustFind(state, name))]);
}

export function mustFind(state: State, name: string): Dataset {
  const dataset = state.datasets.get(name);
  if (dataset === undefined) throw new Error(`the model lost ${name}`);
  return dataset;
}

/** The next transaction group of a pool; everything that one command makes in a pool shares it. */
export function nextTxg(state: State, name: string): readonly [txg: number, next: State] {
  const pool = state.pools.get(poolOf(name));
  if (pool === undefined) throw new Error(`the model lost the pool of ${name}`);
  const txg = pool.txg + 1;
  return [txg, { ...state, pools: new Map(state.pools).set(pool.name, { ...pool, txg }) }];
}

/** Names compare byte by byte, as strcmp(3) does. */
export const byName = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Of a pool or a dataset: itself first, then each child with what is below it. */
export function subtree(state: State, root: string): readonly Dataset[] {
  const found: Dataset[] = [];
  for (const dataset of state.datasets.values()) if (isWithin(dataset.name, root)) found.push(dataset);
  return found.toSorted((a, b) => byPath(a.name, b.name));
}

/** Parents before children, siblings by name. */
export const byPath = (a: string, b: string): number => byName(a.replaceAll('/', '\0'), b.replaceAll('/', '\0'));

export const childrenOf = (state: State, parent: string): readonly Dataset[] =>
  subtree(state, parent).filter((dataset) => parentOf(dataset.name) === parent);

export const snapshotNames = (dataset: Dataset): readonly string[] =>
  dataset.snapshots.map((snapshot) => `${dataset.name}@${snapshot.name}`);

export function findSnapshot(state: State, fullName: string): Snapshot | undefined {
  const [dataset = '', name] = fullName.split('@');
  return state.datasets.get(dataset)?.snapshots.find((snapshot) => snapshot.name === name);
}

/** The datasets that are clones of a snapshot. */
export function clonesOf(state: State, snapshot: string): readonly Dataset[] {
  return [...state.datasets.values()].filter((dataset) => dataset.origin === snapshot);
}

/** The hidden clone that takes an interrupted increment. */
export const receivedClone = (dataset: Dataset): string | undefined =>
  dataset.partial && !dataset.inconsistent ? `${dataset.name}/%recv` : undefined;

/** The names of what a snapshot cannot go before: clones, and the hidden one of an interrupted increment. */
export function cloneNames(state: State, snapshot: string): readonly string[] {
  const dataset = state.datasets.get(snapshot.split('@')[0] ?? '');
  const hidden = dataset && receivedClone(dataset);
  const isBase = hidden !== undefined && findSnapshot(state, snapshot)?.guid === dataset?.partial?.originGuid;
  return [...(isBase ? [hidden] : []), ...clonesOf(state, snapshot).map((clone) => clone.name)];
}

/** Replaces snapshots by what `edit` makes of them; undefined takes one out. */
export function editSnapshots(dataset: Dataset, edit: (snapshot: Snapshot) => Snapshot | undefined): Dataset {
  return { ...dataset, snapshots: dataset.snapshots.flatMap((snapshot) => edit(snapshot) ?? []) };
}
