/** Where a snapshot of a stream goes, by `-d`, `-e` or the typed name, and following what was renamed here. */
import { parentOf, poolOf } from '../../zfs/names';
import type { Dataset, State } from '../state';
import type { BeginRecord } from '../stream';
import type { ReceiveOptions } from './session';

export interface Destination {
  readonly dataset: string;
  readonly snapshot: string;
}

/** By name alone. `top` is the dataset at the source that the operand stands for. */
export function namedDestination({ target, naming }: ReceiveOptions, toName: string, top: string): Destination {
  if (naming === 'as-typed' && target.includes('@')) return split(target);
  return split(target + suffix(naming, toName, top));
}

function suffix(naming: ReceiveOptions['naming'], toName: string, top: string): string {
  if (naming === 'as-typed') return toName.slice(top.length);
  if (naming === 'last-name') {
    const slash = top.lastIndexOf('/');
    return slash < 0 ? `/${toName}` : toName.slice(slash);
  }
  const slash = toName.indexOf('/');
  return toName.slice(slash < 0 ? toName.indexOf('@') : slash);
}

function split(name: string): Destination {
  const [dataset = '', snapshot = ''] = name.split('@');
  return { dataset, snapshot };
}

/**
 * A new dataset whose parent has another name here, and an increment of a dataset that has another name here, go where the guid of
 * the parent's or the own base is found.
 */
export function followed(
  state: State,
  named: Destination,
  begin: BeginRecord,
  { isNew, parentGuid, top, naming }: Followed,
): Destination {
  if (isNew) {
    const parent = parentOf(named.dataset);
    if (parent === undefined || state.datasets.has(parent) || parentGuid === undefined) return named;
    const found = findByGuid(state, parent, parentGuid);
    return found ? { ...named, dataset: found.name + named.dataset.slice(parent.length) } : named;
  }
  const isBelow = naming !== 'as-typed' || begin.toName.slice(top.length, top.length + 1) === '/';
  if (!isBelow || state.datasets.has(named.dataset)) return named;
  const found = findByGuid(state, named.dataset, begin.fromGuid);
  return found ? { ...named, dataset: found.name } : named;
}

interface Followed {
  readonly isNew: boolean;
  readonly parentGuid: string | undefined;
  readonly top: string;
  readonly naming: ReceiveOptions['naming'];
}

/** The dataset of the pool that holds a snapshot of this guid, the nearest to `name` first. */
export function findByGuid(state: State, name: string, guid: string | undefined): Dataset | undefined {
  if (guid === undefined || guid === '0') return undefined;
  const has = (dataset: Dataset): boolean => dataset.snapshots.some((snapshot) => snapshot.guid === guid);
  for (let near: string | undefined = name; near !== undefined; near = parentOf(near)) {
    const prefix = `${near}/`;
    for (const dataset of state.datasets.values())
      if ((dataset.name === near || dataset.name.startsWith(prefix)) && has(dataset)) return dataset;
  }
  return [...state.datasets.values()].find((dataset) => poolOf(dataset.name) === poolOf(name) && has(dataset));
}
