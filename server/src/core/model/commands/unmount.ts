import type { Command } from '../../zfs/command';
import { isWithin } from '../../zfs/names';
import { unmounted } from '../mounts';
import { openProblem } from '../names';
import { done, failed, notModelled } from '../outcome';
import type { Outcome } from '../outcome';
import type { State } from '../state';
import { mustFind } from '../tree';

/** `zfs unmount`, of a file system with what is mounted below it, or `-a`. */
export function unmount(state: State, { flags, operands }: Command): Outcome {
  if (flags['all']) {
    let next = state;
    for (const dataset of state.datasets.values()) if (dataset.mount) next = unmounted(next, dataset.name);
    return done(next);
  }
  const [name = ''] = operands;
  if (name.startsWith('/')) return notModelled('zfs unmount of a directory');
  const problem = openProblem(state, name, 'dataset');
  if (problem !== undefined) return failed(state, problem);
  const dataset = mustFind(state, name);
  if (dataset.mount === undefined) return failed(state, `cannot unmount '${name}': not currently mounted`);
  let next = state;
  for (const each of state.datasets.values())
    if (each.mount && isWithin(each.name, name)) next = unmounted(next, each.name);
  return done(next);
}
