import type { Command } from '../../zfs/command';
import { openProblem } from '../names';
import { done, failed } from '../outcome';
import type { Outcome } from '../outcome';
import type { State } from '../state';
import { change, editSnapshots, findSnapshot, subtree } from '../tree';
import { usageError } from '../usage';

/** `zfs hold TAG SNAPSHOT…`: with `-r` of every descendant that has the snapshot, all or none. */
export function hold(state: State, { flags, operands }: Command): Outcome {
  const [tag = '', ...snapshots] = operands;
  if (tag.startsWith('.')) return usageError(state, 'hold', "tag may not start with '.'");
  let next = state;
  const problems: string[] = [];
  for (const operand of snapshots) {
    const [root = '', name] = operand.split('@');
    if (name === undefined) {
      problems.push(`'${operand}' is not a snapshot`);
      continue;
    }
    const problem = openProblem(next, root, 'dataset');
    if (problem !== undefined) {
      problems.push(problem);
      continue;
    }
    const held = namesOf(next, root, name, flags['recursive'] === true);
    const refused = refusals(next, held, tag, operand);
    problems.push(...refused);
    if (refused.length === 0) next = withHold(next, held, tag);
  }
  return problems.length === 0 ? done(next) : failed(next, problems);
}

/** The snapshots of this name: of the dataset, and with `-r` of those below that have one. */
export function namesOf(state: State, root: string, name: string, isRecursive: boolean): readonly string[] {
  if (!isRecursive) return findSnapshot(state, `${root}@${name}`) ? [`${root}@${name}`] : [];
  return subtree(state, root)
    .map((dataset) => `${dataset.name}@${name}`)
    .filter((each) => findSnapshot(state, each));
}

function refusals(state: State, held: readonly string[], tag: string, operand: string): readonly string[] {
  if (held.length === 0) return [`cannot hold snapshot '${operand}': dataset does not exist`];
  return held.flatMap((name) =>
    findSnapshot(state, name)?.holds[tag] === undefined
      ? []
      : [`cannot hold snapshot '${name}': tag already exists on this dataset`],
  );
}

export function withHold(state: State, held: readonly string[], tag: string): State {
  let next = state;
  for (const full of held) {
    const [dataset = '', name] = full.split('@');
    next = change(next, dataset, (before) =>
      editSnapshots(before, (each) =>
        each.name === name ? { ...each, holds: { ...each.holds, [tag]: state.now } } : each,
      ),
    );
  }
  return next;
}
