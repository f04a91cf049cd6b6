import type { Command } from '../../zfs/command';
import { withCrypto } from '../keys';
import { withoutDirectory } from '../directories';
import { movedTo, ownPlace, remounted } from '../mounts';
import { openProblem } from '../names';
import { done, exitCodeOfSet, failed, notModelled } from '../outcome';
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
      if (typeof result === 'string') return failed(next, result, exitCodeOfSet(state));
      next = result;
    }
  }
  return done(next);
}

function setOne(state: State, name: string, assignment: Assignment): State | string {
  const dataset = mustFind(state, name);
  const checked = checkedValue(dataset, assignment, state.release);
  if ('problem' in checked) return `cannot set property for '${name}': ${checked.problem}`;
  if (assignment.name === 'keylocation' && dataset.crypto)
    return change(state, name, (before) => withCrypto(before, { keyLocation: checked.value }));
  const tooSmall = spaceProblem(state, dataset, assignment.name, Number(checked.value));
  if (tooSmall !== undefined) return `cannot set property for '${name}': ${tooSmall}`;
  const next = change(state, name, (each) => withLocal(each, assignment.name, checked.value));
  return afterSetting(next, name, assignment.name, state);
}

/** A limit below what is there, or a reservation above what is left. */
function spaceProblem(state: State, dataset: Dataset, property: string, size: number): string | undefined {
  const used = property === 'quota' ? usedBy(state, dataset) : property === 'refquota' ? dataset.referenced : 0;
  if (size > 0 && size < used) return 'size is less than current used or reserved space';
  if (property !== 'reservation' && property !== 'refreservation') return undefined;
  return size > availableIn(state, dataset) ? 'size is greater than available space' : undefined;
}

/** What is mounted leaves its place and finds the new one; a dataset that was not mounted is, where it gets a mountpoint. */
export function afterSetting(state: State, name: string, property: string, before: State): State {
  const dataset = mustFind(before, name);
  if (property === 'readonly') return remounted(state, name);
  const isOff = property === 'canmount' && valueOf(state, mustFind(state, name), 'canmount') === 'off';
  if (property !== 'mountpoint' && !(isOff && dataset.mount)) return state;
  const place = ownPlace(before, dataset);
  const left = place === undefined ? state : withoutDirectory(state, name, place);
  return isOff ? remounted(left, name) : movedTo(left, name, before);
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
