import type { Command } from '../../zfs/command';
import { withCrypto } from '../keys';
import { mountAll, remounted } from '../mounts';
import { openProblem } from '../names';
import { done, failed, notModelled } from '../outcome';
import type { Outcome } from '../outcome';
import { valueOf, withLocal } from '../properties';
import { checkedValue, parseAssignment } from '../property-edits';
import type { Assignment } from '../property-edits';
import { isUserProperty } from '../property-table';
import { availableIn, usedBy } from '../show/facts';
import type { Dataset, State } from '../state';
import { change, editSnapshots, mustFind } from '../tree';

/** `zfs set PROPERTY=VALUE… DATASET…`. */
export function set(state: State, { operands }: Command): Outcome {
  const first = operands.findIndex((operand) => !operand.includes('='));
  const assignments = operands.slice(0, first).map(parseAssignment);
  let next = state;
  for (const name of operands.slice(first)) {
    const problem = openProblem(next, name, 'any');
    if (problem !== undefined) return failed(next, problem);
    for (const assignment of assignments) {
      const result = name.includes('@') ? setOfSnapshot(next, name, assignment) : setOne(next, name, assignment);
      if (typeof result === 'string') return failed(next, result, 255);
      next = result;
    }
  }
  return done(next);
}

function setOne(state: State, name: string, assignment: Assignment): State | string {
  const dataset = mustFind(state, name);
  const checked = checkedValue(dataset, assignment);
  if ('problem' in checked) return `cannot set property for '${name}': ${checked.problem}`;
  if (assignment.name === 'keylocation' && dataset.crypto)
    return change(state, name, (before) => withCrypto(before, { keyLocation: checked.value }));
  const tooSmall = spaceProblem(state, dataset, assignment.name, Number(checked.value));
  if (tooSmall !== undefined) return `cannot set property for '${name}': ${tooSmall}`;
  const before = valueOf(state, dataset, assignment.name);
  const next = change(state, name, (each) => withLocal(each, assignment.name, checked.value));
  return afterSetting(next, name, assignment.name, before);
}

/** A limit below what is there, or a reservation above what is left. */
function spaceProblem(state: State, dataset: Dataset, property: string, size: number): string | undefined {
  const used = property === 'quota' ? usedBy(state, dataset) : property === 'refquota' ? dataset.referenced : 0;
  if (size > 0 && size < used) return 'size is less than current used or reserved space';
  if (property !== 'reservation' && property !== 'refreservation') return undefined;
  return size > availableIn(state, dataset) ? 'size is greater than available space' : undefined;
}

/** A new mountpoint moves what is mounted; a dataset that had none is mounted. */
export function afterSetting(state: State, name: string, property: string, before: string): State {
  if (property === 'canmount' && valueOf(state, mustFind(state, name), 'canmount') === 'off')
    return remounted(state, name);
  if (property === 'readonly') return remounted(state, name);
  if (property !== 'mountpoint') return state;
  const moved = remounted(state, name);
  return before === 'none' || before === 'legacy' ? mountAll(moved, name)[0] : moved;
}

function setOfSnapshot(state: State, full: string, { name, value }: Assignment): State | string {
  if (!isUserProperty(name)) return notModelled(`the property ${name} of a snapshot`);
  const [dataset = '', snapshot] = full.split('@');
  return change(state, dataset, (before) =>
    editSnapshots(before, (each) =>
      each.name === snapshot ? { ...each, local: { ...each.local, [name]: value } } : each,
    ),
  );
}
