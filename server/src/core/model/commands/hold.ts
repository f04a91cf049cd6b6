import type { Command } from '../../zfs/command';
import { openProblem } from '../names';
import { done, failed } from '../outcome';
import type { Outcome } from '../outcome';
import type { Snapshot, State } from '../state';
import { editSnapshots, findSnapshot, mustFind, subtree, withDatasets } from '../tree';
import { usageError } from '../usage';

/** `zfs hold TAG SNAPSHOT…`: with `-r` of every descendant that has the snapshot, all or none. */
export function hold(state: State, { flags, operands }: Command): Outcome {
  const [tag = '', ...snapshots] = operands;
  if (tag.startsWith('.')) return usageError(state, 'hold', "tag may not start with '.'");
  const taken = new Set<string>();
  const problems: string[] = [];
  for (const operand of snapshots) {
    const [root = '', name] = operand.split('@');
    if (name === undefined) {
      problems.push(`'${operand}' is not a snapshot`);
      continue;
    }
    const problem = openProblem(state, root, 'dataset');
    if (problem !== undefined) {
      problems.push(problem);
      continue;
    }
    const held = namesOf(state, root, name, flags['recursive'] === true);
    const refused = refusals(held, operand, (each) => taken.has(each) || isTagged(state, each, tag));
    problems.push(...refused);
    if (refused.length === 0) for (const each of held) taken.add(each);
  }
  const next = withHold(state, [...taken], tag);
  return problems.length === 0 ? done(next) : failed(next, problems);
}

/** The snapshots of this name: of the dataset, and with `-r` of those below that have one. */
export function namesOf(state: State, root: string, name: string, isRecursive: boolean): readonly string[] {
  if (!isRecursive) return findSnapshot(state, `${root}@${name}`) ? [`${root}@${name}`] : [];
  return subtree(state, root)
    .map((dataset) => `${dataset.name}@${name}`)
    .filter((each) => findSnapshot(state, each));
}

function refusals(names: readonly string[], operand: string, isHeld: (name: string) => boolean): readonly string[] {
  if (names.length === 0) return [`cannot hold snapshot '${operand}': dataset does not exist`];
  const first = names.find(isHeld);
  return first === undefined ? [] : [`cannot hold snapshot '${first}': tag already exists on this dataset`];
}

export const isTagged = (state: State, name: string, tag: string): boolean =>
  findSnapshot(state, name)?.holds[tag] !== undefined;

export const withHold = (state: State, names: readonly string[], tag: string): State =>
  editNamed(state, names, (snapshot) => ({ ...snapshot, holds: { ...snapshot.holds, [tag]: state.now } }));

/** Edits snapshots by their full names, all in one copy of the state; undefined takes one out. */
export function editNamed(
  state: State,
  names: readonly string[],
  edit: (snapshot: Snapshot, fullName: string) => Snapshot | undefined,
): State {
  const byDataset = new Map<string, Set<string>>();
  for (const full of names) {
    const [dataset = '', name = ''] = full.split('@');
    byDataset.set(dataset, (byDataset.get(dataset) ?? new Set()).add(name));
  }
  const changed = [...byDataset].map(([dataset, wanted]) =>
    editSnapshots(mustFind(state, dataset), (snapshot) =>
      wanted.has(snapshot.name) ? edit(snapshot, `${dataset}@${snapshot.name}`) : snapshot,
    ),
  );
  return withDatasets(state, changed);
}
