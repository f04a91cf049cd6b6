import type { Command } from '../../zfs/command';
import { openProblem } from '../names';
import { withoutFreed } from '../destroy/destroy-snapshots';
import { omit } from '../omit';
import { done, failed } from '../outcome';
import type { Outcome } from '../outcome';
import type { State } from '../state';
import { subtree } from '../tree';
import { editNamed, isTagged, namesOf } from './hold';

/** `zfs release TAG SNAPSHOT…`; the last hold of a snapshot that waits to be destroyed takes it along. */
export function release(state: State, { flags, operands }: Command): Outcome {
  const [tag = '', ...snapshots] = operands;
  const released = new Set<string>();
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
    const there = namesOf(state, root, name, flags['recursive'] === true);
    const held = there.filter((each) => isTagged(state, each, tag) && !released.has(each));
    if (held.length === 0) {
      // Of a tree, the dataset that is looked at last gives the reason.
      const last = flags['recursive'] ? subtree(state, root).at(-1)?.name : root;
      const why = there.includes(`${last}@${name}`) ? 'no such tag on this dataset' : 'dataset does not exist';
      problems.push(`cannot release hold from snapshot '${operand}': ${why}`);
    }
    for (const each of held) released.add(each);
  }
  const next = withoutHolds(state, [...released], tag);
  return problems.length === 0 ? done(next) : failed(next, problems);
}

const withoutHolds = (state: State, names: readonly string[], tag: string): State =>
  withoutFreed(editNamed(state, names, (snapshot) => ({ ...snapshot, holds: omit(snapshot.holds, tag) })));
