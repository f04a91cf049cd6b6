import { isWithin, parentOf } from '../../zfs/names';
import { unmounted, withoutPlaces } from '../mounts';
import { done, failed } from '../outcome';
import type { Outcome } from '../outcome';
import type { Dataset, State } from '../state';
import { cloneNames, clonesOf, mustFind, receivedClone, snapshotNames, subtree, withoutDatasets } from '../tree';
import { dependentsOf, keptLine, isKept, withoutFreed, withoutSnapshots } from './destroy-snapshots';

/** A dataset; with `-r` all below it, as far as nothing holds it. */
export function destroyDataset(state: State, name: string, isRecursive: boolean): Outcome {
  if (parentOf(name) === undefined && !isRecursive) {
    return failed(state, [
      `cannot destroy '${name}': operation does not apply to pools`,
      `use 'zfs destroy -r ${name}' to destroy all datasets in the pool`,
      `use 'zpool destroy ${name}' to destroy the pool itself`,
    ]);
  }
  const within = subtree(state, name);
  const outside = within
    .flatMap((each) => snapshotNames(each))
    .flatMap((snapshot) => clonesOf(state, snapshot))
    .flatMap((clone) => (isWithin(clone.name, name) ? [] : dependentsOf(state, clone.name)));
  if (isRecursive && outside.length > 0) return failed(state, dependents(name, outside));
  const below = [...within.slice(1).map((each) => each.name), ...within.flatMap((each) => snapshotNames(each))];
  if (!isRecursive && below.length > 0) return failed(state, children(state, name));
  const held = below.filter((each) => each.includes('@') && isKept(state, each));
  if (held.length === 0) return done(withoutFreed(withoutTree(state, within)));
  return whatCanGo(state, within, held);
}

/** The root dataset of a pool stays, without its snapshots. */
function withoutTree(state: State, within: readonly Dataset[]): State {
  const gone = within.map((each) => each.name).filter((each) => parentOf(each) !== undefined);
  const [top] = within;
  const left = withoutDatasets(top ? withoutPlaces(state, top.name) : state, gone);
  return top && left.datasets.has(top.name) ? withoutSnapshots(left, snapshotNames(top)) : left;
}

function dependents(name: string, clones: readonly string[]): readonly string[] {
  return [
    `cannot destroy '${name}': filesystem has dependent clones`,
    "use '-R' to destroy the following datasets:",
    ...clones,
  ];
}

/** Everything that would go with `-r`, the deepest first, as zfs lists it. */
function children(state: State, name: string): readonly string[] {
  const listed = (dataset: Dataset): readonly string[] => [
    ...subtree(state, dataset.name)
      .filter((each) => parentOf(each.name) === dataset.name)
      .flatMap((child) => [...listed(child), child.name]),
    ...snapshotNames(dataset).flatMap((name) => [...hiddenClone(state, dataset, name), name]),
  ];
  return [
    `cannot destroy '${name}': filesystem has children`,
    "use '-r' to destroy the following datasets:",
    ...listed(mustFind(state, name)),
  ];
}

const hiddenClone = (state: State, dataset: Dataset, snapshot: string): readonly string[] =>
  cloneNames(state, snapshot).filter((name) => name === receivedClone(dataset));

/** `-r` goes on past what is held: a held snapshot keeps its dataset and those above it. */
function whatCanGo(state: State, within: readonly Dataset[], held: readonly string[]): Outcome {
  const kept = within.filter((dataset) =>
    held.some((snapshot) => isWithin(snapshot.split('@')[0] ?? '', dataset.name)),
  );
  const gone = within.filter((dataset) => !kept.includes(dataset));
  const heldIn = (dataset: Dataset): readonly string[] => snapshotNames(dataset).filter((name) => held.includes(name));
  const freeSnapshots = kept.flatMap((dataset) => (heldIn(dataset).length > 0 ? [] : snapshotNames(dataset)));
  let next = withoutSnapshots(
    withoutDatasets(
      state,
      gone.map((each) => each.name),
    ),
    freeSnapshots,
  );
  const said: string[] = [];
  for (const dataset of kept.toReversed()) {
    const own = heldIn(dataset);
    if (own.length > 0) {
      said.push(...own.map((name) => keptLine(state, name)));
      continue;
    }
    if (parentOf(dataset.name) === undefined) continue;
    // What is above a dataset that stays is unmounted, unless that is mounted in it, and then cannot be destroyed.
    const isBusy =
      dataset.mount && subtree(next, dataset.name).some((each) => each.name !== dataset.name && each.mount);
    if (isBusy) said.push(`cannot unmount '${dataset.mount.path}': pool or dataset is busy`);
    else {
      next = unmounted(next, dataset.name);
      said.push(`cannot destroy '${dataset.name}': dataset already exists`);
    }
  }
  return failed(withoutFreed(next), said);
}
