import { isWithin, parentOf } from '../../zfs/names';
import { done, failed } from '../outcome';
import type { Outcome } from '../outcome';
import type { Dataset, State } from '../state';
import { clonesOf, mustFind, snapshotNames, subtree, withoutDatasets } from '../tree';
import { isHeld, withoutSnapshots } from './destroy-snapshots';

/** A dataset; with `-r` all below it, as far as nothing holds it. */
export function destroyDataset(state: State, name: string, isRecursive: boolean): Outcome {
  if (parentOf(name) === undefined && !isRecursive) {
    return failed(state, [
      `cannot destroy '${name}': operation does not apply to pools`,
      `use 'zfs destroy -r ${name}' to destroy all datasets in the pool`,
      `use 'zpool destroy ${name}' to destroy the pool itself`,
    ]);
  }
  const dataset = mustFind(state, name);
  const within = subtree(state, name);
  const outside = within
    .flatMap((each) => snapshotNames(each))
    .flatMap((snapshot) => clonesOf(state, snapshot))
    .flatMap((clone) => (isWithin(clone.name, name) ? [] : [clone.name]));
  if (isRecursive && outside.length > 0) return failed(state, dependents(name, outside));
  const below = [...within.slice(1).map((each) => each.name), ...within.flatMap((each) => snapshotNames(each))];
  if (!isRecursive && (below.length > 0 || dataset.snapshots.length > 0)) return failed(state, children(state, name));
  const held = below.filter((each) => each.includes('@') && isHeld(state, each));
  if (held.length === 0) return done(withoutTree(state, within));
  return whatCanGo(state, within, held);
}

/** The root dataset of a pool stays, without its snapshots. */
function withoutTree(state: State, within: readonly Dataset[]): State {
  const gone = within.map((each) => each.name).filter((each) => parentOf(each) !== undefined);
  const [top] = within;
  const left = withoutDatasets(state, gone);
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
    ...snapshotNames(dataset),
  ];
  return [
    `cannot destroy '${name}': filesystem has children`,
    "use '-r' to destroy the following datasets:",
    ...listed(mustFind(state, name)),
  ];
}

/** `-r` goes on past what is held: a held snapshot keeps its dataset and those above it. */
function whatCanGo(state: State, within: readonly Dataset[], held: readonly string[]): Outcome {
  const kept = within.filter((dataset) =>
    held.some((snapshot) => isWithin(snapshot.split('@')[0] ?? '', dataset.name)),
  );
  const gone = within.filter((dataset) => !kept.includes(dataset));
  const heldIn = (dataset: Dataset): readonly string[] => snapshotNames(dataset).filter((name) => held.includes(name));
  const freeSnapshots = kept.flatMap((dataset) => (heldIn(dataset).length > 0 ? [] : snapshotNames(dataset)));
  const next = withoutSnapshots(
    withoutDatasets(
      state,
      gone.map((each) => each.name),
    ),
    freeSnapshots,
  );
  return failed(
    next,
    held.map((name) => `cannot destroy snapshot ${name}: dataset is busy`),
  );
}
