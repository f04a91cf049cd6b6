/** Mounting: what zfs mounts by itself, and what a mount changes. */
import { parentOf } from '../zfs/names';
import { isKeyLoaded, isReadable } from './keys';
import { omit } from './omit';
import { canMount, isReadonly, valueOf } from './properties';
import type { Dataset, State } from './state';
import { change, subtree } from './tree';

/** What the first mount of a received raw dataset writes (facts of 2.3.2, section f). */
const ACCOUNTING = 87_040;

const DIRECTORY = 11_264;

export const isMountable = (state: State, dataset: Dataset): boolean =>
  dataset.kind === 'filesystem' &&
  !['none', 'legacy'].includes(valueOf(state, dataset, 'mountpoint')) &&
  dataset.inconsistent === undefined;

/** What `zfs mount -a`, an import and a receive without `-u` mount. */
export const isMountedByItself = (state: State, dataset: Dataset): boolean =>
  isMountable(state, dataset) &&
  canMount(state, dataset) === 'on' &&
  (dataset.crypto === undefined || isKeyLoaded(state, dataset));

/** Mounts a dataset whose key opens it; the caller has seen to that. */
export function mounted(state: State, dataset: Dataset): State {
  const readonly = isReadonly(state, dataset);
  const writes = !readonly && dataset.lacksAccounting === true;
  const next: Dataset = {
    ...(writes ? { ...omit(dataset, 'lacksAccounting'), written: dataset.written + ACCOUNTING } : dataset),
    mount: { path: valueOf(state, dataset, 'mountpoint'), readonly },
  };
  return change(state, dataset.name, () => next);
}

/** The first mount of a new dataset makes its directory, which is a change of the file system that it is made in. */
export function mountedFirst(state: State, dataset: Dataset): State {
  const next = mounted(state, dataset);
  const parent = next.datasets.get(parentOf(dataset.name) ?? '');
  const path = valueOf(next, dataset, 'mountpoint');
  if (parent?.mount === undefined || parent.mount.readonly || !path.startsWith(`${parent.mount.path}/`)) return next;
  return change(next, parent.name, (each) => ({ ...each, written: each.written + DIRECTORY }));
}

export function unmounted(state: State, name: string): State {
  return change(state, name, (dataset) => omit(dataset, 'mount'));
}

/** Mounts what mounts by itself, of a subtree or of all pools; lists what could not be read. */
export function mountAll(state: State, root?: string): readonly [State, failedNames: readonly string[]] {
  let next = state;
  const unreadable: string[] = [];
  for (const pool of root === undefined ? state.pools.keys() : [root]) {
    for (const { name } of subtree(state, pool)) {
      const dataset = next.datasets.get(name);
      if (dataset === undefined || dataset.mount || !isMountedByItself(next, dataset)) continue;
      if (isReadable(next, dataset)) next = mounted(next, dataset);
      else unreadable.push(name);
    }
  }
  return [next, unreadable];
}

/** After a change of `mountpoint` or `readonly`, or of a name: what is mounted moves along, what may not be is unmounted. */
export function remounted(state: State, root: string): State {
  let next = state;
  for (const { name } of subtree(state, root)) {
    const dataset = next.datasets.get(name);
    if (dataset?.mount === undefined) continue;
    next =
      isMountable(next, dataset) && canMount(next, dataset) !== 'off' ? mounted(next, dataset) : unmounted(next, name);
  }
  return next;
}
