import type { Command } from '../../zfs/command';
import { isKeyLoaded, isReadable } from '../keys';
import { canMount, valueOf } from '../properties';
import { mountAll, mounted } from '../mounts';
import { openProblem } from '../names';
import { done, failed, notModelled } from '../outcome';
import type { Outcome } from '../outcome';
import type { Dataset, State } from '../state';
import { byName, mustFind } from '../tree';
import { loadOne } from './load-key';
import type { Input } from './index';

/** `zfs mount`, of one file system, `-a`, `-l`; without an operand it lists what is mounted. */
export function mount(state: State, { flags, operands }: Command, input: Input): Outcome {
  if (flags['recursive'] || flags['options'] || flags['json']) return notModelled('zfs mount with -R, -o or -j');
  if (flags['all']) {
    if (flags['loadKeys']) return notModelled('zfs mount -a -l');
    const [next, unreadable] = mountAll(state);
    return unreadable.length === 0 ? done(next) : failed(next, unreadable.map(permissionDenied));
  }
  const [name] = operands;
  if (name === undefined) return done(state, mountTable(state));
  const problem = openProblem(state, name, 'dataset');
  if (problem !== undefined) return failed(state, problem);
  if (mustFind(state, name).kind === 'volume')
    return failed(state, `cannot open '${name}': operation not applicable to datasets of this type`);
  let next = state;
  const before = mustFind(state, name);
  if (flags['loadKeys'] && before.crypto && !isKeyLoaded(state, before)) {
    const root = mustFind(state, before.crypto.root);
    const loaded = loadOne(state, root, { isTrial: false, text: input.text });
    if (typeof loaded === 'string') return failed(state, `Key load error: ${loaded}`);
    next = loaded;
  }
  const dataset = mustFind(next, name);
  const why = refusal(next, dataset);
  if (why !== undefined) return failed(next, `cannot mount '${name}': ${why}`);
  return isReadable(next, dataset) ? done(mounted(next, dataset)) : failed(next, permissionDenied(name));
}

const permissionDenied = (name: string): string => `cannot mount '${name}': Permission denied`;

/** In the order in which zfs looks (share_mount_one of zfs_main.c). */
function refusal(state: State, dataset: Dataset): string | undefined {
  const mountpoint = valueOf(state, dataset, 'mountpoint');
  if (mountpoint === 'legacy') return notModelled('zfs mount of a legacy mountpoint');
  if (mountpoint === 'none') return 'no mountpoint set';
  if (canMount(state, dataset) === 'off') return "'canmount' property is set to 'off'";
  if (dataset.crypto && !isKeyLoaded(state, dataset)) return 'encryption key not loaded';
  if (dataset.inconsistent && dataset.partial) {
    const state1 = 'Contains partially-completed state from "zfs receive -s"';
    return `${state1}, which can be resumed with "zfs send -t"`;
  }
  return dataset.mount ? 'filesystem already mounted' : undefined;
}

function mountTable(state: State): string {
  return [...state.datasets.values()]
    .filter((dataset) => dataset.mount)
    .toSorted((a, b) => byName(a.name, b.name))
    .map((dataset) => `${dataset.name.padEnd(30)}  ${dataset.mount?.path ?? ''}\n`)
    .join('');
}
