import type { Command } from '../../zfs/command';
import { openProblem } from '../names';
import { done, failed } from '../outcome';
import type { Outcome } from '../outcome';
import type { Dataset, State } from '../state';
import { childrenOf, cloneNames, editSnapshots, findSnapshot, subtree, withDatasets } from '../tree';

/** `zfs destroy [-r] [-d] DATASET@A,B%C`: all or none. */
export function destroySnapshots(state: State, { flags, operands }: Command): Outcome {
  const [root = '', spec = ''] = (operands[0] ?? '').split('@');
  const problem = openProblem(state, root, 'dataset');
  if (problem !== undefined) return failed(state, problem);
  const within = flags['recursive']
    ? subtree(state, root)
    : [state.datasets.get(root)].filter((each) => each !== undefined);
  const names = within.flatMap((dataset) => matching(dataset, spec).map((name) => `${dataset.name}@${name}`));
  if (names.length === 0) return failed(state, 'could not find any snapshots to destroy; check snapshot names.');
  const isDeferred = flags['defer'] === true;
  const cloned = isDeferred ? [] : names.filter((name) => cloneNames(state, name).length > 0);
  const [first] = cloned;
  if (first !== undefined) return failed(state, clonedLines(state, first));
  const kept = names.filter((name) => (isDeferred ? isBusy(state, name) : isKept(state, name)));
  if (kept.length > 0)
    return failed(
      state,
      kept.map((name) => keptLine(state, name)),
    );
  return done(withoutSnapshots(state, names, isDeferred));
}

function clonedLines(state: State, name: string): readonly string[] {
  return [
    `cannot destroy '${name}': snapshot has dependent clones`,
    "use '-R' to destroy the following datasets:",
    ...cloneNames(state, name).flatMap((clone) => dependentsOf(state, clone)),
  ];
}

/** A clone with all that would go with it, the deepest first. */
export function dependentsOf(state: State, name: string): readonly string[] {
  const dataset = state.datasets.get(name);
  if (dataset === undefined) return [name];
  const snapshots = dataset.snapshots.flatMap((each) => {
    const full = `${name}@${each.name}`;
    return [...cloneNames(state, full).flatMap((clone) => dependentsOf(state, clone)), full];
  });
  return [...childrenOf(state, name).flatMap((child) => dependentsOf(state, child.name)), ...snapshots, name];
}

/** The names of a list of names and of ranges `FIRST%LAST`, of which either end may be left out. */
function matching(dataset: Dataset, spec: string): readonly string[] {
  const names = dataset.snapshots.map((snapshot) => snapshot.name);
  return spec.split(',').flatMap((part) => {
    if (!part.includes('%')) return names.includes(part) ? [part] : [];
    const [from = '', to = ''] = part.split('%');
    const start = from === '' ? 0 : names.indexOf(from);
    const end = to === '' ? names.length - 1 : names.indexOf(to);
    return start < 0 || end < 0 ? [] : names.slice(start, end + 1);
  });
}

export function keptLine(state: State, name: string): string {
  const tellsHolds = state.release !== '2.1' && isHeld(state, name);
  const why = tellsHolds ? `it's being held. Run 'zfs holds -r ${name}' to see holders.` : 'dataset is busy';
  return `cannot destroy snapshot ${name}: ${why}`;
}

/** Held, or being sent. */
export const isKept = (state: State, name: string): boolean => isHeld(state, name) || isBusy(state, name);

export const isHeld = (state: State, name: string): boolean =>
  Object.keys(findSnapshot(state, name)?.holds ?? {}).length > 0;

export const isBusy = (state: State, name: string): boolean => findSnapshot(state, name)?.sends !== undefined;

/**
 * Takes snapshots away; a deferred one that is held or cloned waits. What the next snapshot was written since is then more.
 */
export function withoutSnapshots(state: State, names: readonly string[], isDeferred = false): State {
  const byDataset = new Map<string, Set<string>>();
  for (const full of names) {
    const [dataset = '', name = ''] = full.split('@');
    byDataset.set(dataset, (byDataset.get(dataset) ?? new Set()).add(name));
  }
  const changed = [...byDataset].flatMap(([name, gone]) => {
    const dataset = state.datasets.get(name);
    if (dataset === undefined) return [];
    const waits = (snapshot: string): boolean =>
      isDeferred && (isHeld(state, `${name}@${snapshot}`) || cloneNames(state, `${name}@${snapshot}`).length > 0);
    return [
      carryWritten(
        dataset,
        (snapshot) => gone.has(snapshot) && !waits(snapshot),
        (snapshot) => gone.has(snapshot),
      ),
    ];
  });
  return withDatasets(state, changed);
}

/** A snapshot that waits to be destroyed goes when nothing keeps it any more. */
export function withoutFreed(state: State): State {
  const waiting = [...state.datasets.values()].flatMap((dataset) =>
    dataset.snapshots.filter((each) => each.isDeferred).map((each) => `${dataset.name}@${each.name}`),
  );
  return withoutSnapshots(state, waiting, true);
}

function carryWritten(dataset: Dataset, goes: (name: string) => boolean, isMarked: (name: string) => boolean): Dataset {
  let carried = 0;
  const next = editSnapshots(dataset, (snapshot) => {
    if (goes(snapshot.name)) {
      carried += snapshot.written;
      return undefined;
    }
    const kept = carried === 0 ? snapshot : { ...snapshot, written: snapshot.written + carried };
    carried = 0;
    return isMarked(snapshot.name) ? { ...kept, isDeferred: true as const } : kept;
  });
  return { ...next, written: next.written + carried };
}
