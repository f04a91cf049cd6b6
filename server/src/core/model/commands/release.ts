import type { Command } from '../../zfs/command';
import { openProblem } from '../names';
import { omit } from '../omit';
import { done, failed } from '../outcome';
import type { Outcome } from '../outcome';
import type { State } from '../state';
import { change, clonesOf, editSnapshots, findSnapshot } from '../tree';
import { namesOf } from './hold';

/** `zfs release TAG SNAPSHOT…`; the last hold of a snapshot that waits to be destroyed takes it along. */
export function release(state: State, { flags, operands }: Command): Outcome {
  const [tag = '', ...snapshots] = operands;
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
    const there = namesOf(next, root, name, flags['recursive'] === true);
    const held = there.filter((each) => findSnapshot(next, each)?.holds[tag] !== undefined);
    if (held.length === 0) {
      const why = there.length === 0 ? 'dataset does not exist' : 'no such tag on this dataset';
      problems.push(`cannot release hold from snapshot '${operand}': ${why}`);
    }
    for (const each of held) next = withoutHold(next, each, tag);
  }
  return problems.length === 0 ? done(next) : failed(next, problems);
}

export function withoutHold(state: State, full: string, tag: string): State {
  const [dataset = '', name] = full.split('@');
  return change(state, dataset, (before) =>
    editSnapshots(before, (each) => {
      if (each.name !== name) return each;
      const holds = omit(each.holds, tag);
      const isFree = Object.keys(holds).length === 0 && clonesOf(state, full).length === 0;
      return each.isDeferred && isFree ? undefined : { ...each, holds };
    }),
  );
}
