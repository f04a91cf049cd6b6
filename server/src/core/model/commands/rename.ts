import type { Command } from '../../zfs/command';
import { isWithin, parentOf, poolOf, rebase } from '../../zfs/names';
import { remounted, withoutPlaces } from '../mounts';
import { openProblem } from '../names';
import { done, failed, notModelled } from '../outcome';
import type { Outcome } from '../outcome';
import type { Dataset, State } from '../state';
import { change, editSnapshots, findSnapshot, mustFind, subtree } from '../tree';

/** `zfs rename` of a dataset with all below it, or of a snapshot; `-r` renames the snapshots of that name below. */
export function rename(state: State, { flags, operands }: Command): Outcome {
  if (flags['parents']) return notModelled('zfs rename -p');
  const [from = '', to = ''] = operands;
  const problem = openProblem(state, from, 'any');
  if (problem !== undefined) return failed(state, problem);
  if (from === to) return done(state);
  if (from.includes('@')) return renameSnapshot(state, from, to, flags['recursive'] === true);
  return renameDataset(state, from, to, flags['noRemount'] === true);
}

function renameSnapshot(state: State, from: string, to: string, isRecursive: boolean): Outcome {
  const [dataset = '', old = ''] = from.split('@');
  const name = to.includes('@') ? to.slice(to.indexOf('@') + 1) : to;
  if (to.includes('@') && !to.startsWith('@') && to.split('@')[0] !== dataset)
    return failed(state, `cannot rename to '${to}': snapshots must be part of same dataset`);
  const holders = isRecursive
    ? subtree(state, dataset).filter((each) => findSnapshot(state, `${each.name}@${old}`))
    : [mustFind(state, dataset)];
  if (holders.some((each) => findSnapshot(state, `${each.name}@${name}`))) {
    const why = isRecursive ? 'a child dataset already has a snapshot with the new name' : 'dataset already exists';
    return failed(state, `cannot rename '${from}': ${why}`);
  }
  let next = state;
  for (const holder of holders) {
    next = change(next, holder.name, (before) =>
      editSnapshots(before, (each) => (each.name === old ? { ...each, name } : each)),
    );
    next = withOrigins(next, (origin) => (origin === `${holder.name}@${old}` ? `${holder.name}@${name}` : origin));
  }
  return done(next);
}

function renameDataset(state: State, from: string, to: string, staysMounted: boolean): Outcome {
  const refuse = (why: string): Outcome => failed(state, `cannot rename to '${to}': ${why}`);
  const parent = state.datasets.get(parentOf(to) ?? '');
  if (!state.pools.has(poolOf(to))) return failed(state, `cannot create '${to}': no such pool '${poolOf(to)}'`);
  if (parent === undefined) return failed(state, `cannot create '${to}': parent does not exist`);
  if (poolOf(from) !== poolOf(to)) return refuse('datasets must be within same pool');
  if (isWithin(to, from)) return refuse('New dataset name cannot be a descendant of current dataset name');
  if (state.datasets.has(to)) return failed(state, `cannot rename '${from}': dataset already exists`);
  if (leavesItsKey(state, from, parent)) {
    const why = 'cannot move encrypted child outside of its encryption root';
    // It is the kernel that says so, when all has been unmounted for it.
    const back = staysMounted ? state : remounted(withoutPlaces(state, from), from);
    return failed(back, `cannot rename '${from}': ${why}`);
  }
  const moved = (name: string): string => (isWithin(name, from) ? rebase(name, from, to) : name);
  const before = staysMounted ? state : withoutPlaces(state, from);
  const datasets = new Map<string, Dataset>();
  for (const dataset of before.datasets.values()) {
    const name = moved(dataset.name);
    const root = dataset.crypto && moved(dataset.crypto.root);
    const isSame = name === dataset.name && root === dataset.crypto?.root;
    datasets.set(
      name,
      isSame ? dataset : { ...dataset, name, ...(dataset.crypto && root && { crypto: { ...dataset.crypto, root } }) },
    );
  }
  const renamed = withOrigins({ ...state, datasets }, (origin) => {
    const [dataset = '', snapshot = ''] = origin.split('@');
    return `${moved(dataset)}@${snapshot}`;
  });
  return done(staysMounted ? renamed : remounted(renamed, to));
}

/** A dataset that inherits its key stays below its encryption root. */
function leavesItsKey(state: State, from: string, parent: Dataset): boolean {
  const { crypto } = mustFind(state, from);
  return crypto !== undefined && crypto.root !== from && parent.crypto?.root !== crypto.root;
}

function withOrigins(state: State, edit: (origin: string) => string): State {
  if (![...state.datasets.values()].some((dataset) => dataset.origin !== undefined)) return state;
  const datasets = new Map(state.datasets);
  for (const dataset of state.datasets.values())
    if (dataset.origin !== undefined) datasets.set(dataset.name, { ...dataset, origin: edit(dataset.origin) });
  return { ...state, datasets };
}
