import type { Command } from '../../zfs/command';
import { withoutDirectory } from '../directories';
import { ownPlace, remounted } from '../mounts';
import { openProblem } from '../names';
import { done, failed, notModelled } from '../outcome';
import type { Outcome } from '../outcome';
import { withInherited, withReceivedShown } from '../properties';
import { findProperty, isUserProperty, SPACE_LIMITS } from '../property-table';
import type { State } from '../state';
import { change, mustFind, subtree } from '../tree';
import { afterSetting } from './set';

/** `zfs inherit [-rS] PROPERTY DATASET…`. */
export function inherit(state: State, { flags, operands }: Command): Outcome {
  const [property = '', ...datasets] = operands;
  const showsReceived = flags['received'] === true;
  const refusal = refusalOf(property, showsReceived);
  if (refusal !== undefined) return failed(state, refusal);
  const name = findProperty(property)?.name ?? property;
  let next = state;
  for (const root of datasets) {
    const problem = openProblem(next, root, 'any');
    if (problem !== undefined) return failed(next, problem);
    if (root.includes('@')) return notModelled('zfs inherit of a snapshot');
    const each = flags['recursive'] ? subtree(next, root).map((dataset) => dataset.name) : [root];
    for (const dataset of each) {
      const before = next;
      const changed = change(next, dataset, (old) =>
        showsReceived ? withReceivedShown(old, name) : withInherited(old, name),
      );
      next = name === 'canmount' ? mountedAnew(changed, dataset, before) : afterSetting(changed, dataset, name, before);
    }
  }
  return done(next);
}

/** Unlike a value that is set, an inherited canmount takes what is mounted from its place and puts it there again. */
function mountedAnew(state: State, name: string, before: State): State {
  const dataset = mustFind(before, name);
  if (dataset.mount === undefined) return state;
  const place = ownPlace(before, dataset);
  return remounted(place === undefined ? state : withoutDirectory(state, name, place), name);
}

function refusalOf(property: string, showsReceived: boolean): readonly string[] | undefined {
  if (isUserProperty(property)) return undefined;
  const rule = findProperty(property) ?? notModelled(`the property ${property}`);
  if (rule.kind !== 'settable') return [`${property} property is read-only`];
  if (rule.name === 'keylocation' && showsReceived) return notModelled('zfs inherit -S keylocation');
  if (rule.inherits || showsReceived) return undefined;
  const first = `'${property}' property cannot be inherited`;
  if (!SPACE_LIMITS.includes(rule.name)) return [first];
  return [
    first,
    `use 'zfs set ${property}=none' to clear`,
    `use 'zfs inherit -S ${property}' to revert to received value`,
  ];
}
