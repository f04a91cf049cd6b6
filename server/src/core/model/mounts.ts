/** Mounting: what zfs mounts by itself, and what a mount changes. */
import { isWithin } from '../zfs/names';
import { withDirectory, withoutDirectory } from './directories';
import { isKeyLoaded, isReadable } from './keys';
import { omit } from './omit';
import { notModelled } from './outcome';
import { canMount, effective, isReadonly, valueOf } from './properties';
import type { Dataset, State } from './state';
import { change, childrenOf, mustFind, subtree, withDatasets } from './tree';

/** What the first mount of a received raw dataset writes (facts of 2.3.2, section f). */
const ACCOUNTING = 87_040;

/** Mountpoints that are no place. */
const NOWHERE: ReadonlySet<string> = new Set(['none', 'legacy']);

export const isMountable = (state: State, dataset: Dataset): boolean =>
  dataset.kind === 'filesystem' &&
  !NOWHERE.has(valueOf(state, dataset, 'mountpoint')) &&
  dataset.inconsistent === undefined;

/** What `zfs mount -a`, an import and a receive without `-u` mount. */
export const isMountedByItself = (state: State, dataset: Dataset): boolean =>
  isMountable(state, dataset) &&
  canMount(state, dataset) === 'on' &&
  (dataset.crypto === undefined || isKeyLoaded(state, dataset));

/** Mounts a dataset whose key opens it, as the caller has seen to, and makes its directory where there is none. */
export function mounted(state: State, dataset: Dataset): State {
  const path = valueOf(state, dataset, 'mountpoint');
  refuseCrossed(state, dataset.name, path);
  const readonly = isReadonly(state, dataset);
  const writes = !readonly && dataset.lacksAccounting === true;
  const next: Dataset = {
    ...(writes ? { ...omit(dataset, 'lacksAccounting'), written: dataset.written + ACCOUNTING } : dataset),
    mount: { path, readonly },
  };
  return change(withDirectory(state, dataset.name, path), dataset.name, () => next);
}

/**
 * A place within a file system that is not above by its name is made, and removed, in that: which of both was mounted first
 * decides, and a state does not know.
 */
function refuseCrossed({ datasets }: State, name: string, path: string): void {
  for (const { name: other, mount } of datasets.values()) {
    if (mount === undefined || mount.path === '/') continue;
    const isAcross =
      (path.startsWith(`${mount.path}/`) && !isWithin(name, other)) ||
      (mount.path.startsWith(`${path}/`) && !isWithin(other, name));
    if (isAcross) return notModelled(`a mount of ${name} and of ${other} within each other, against their names`);
  }
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

/** Where a dataset is mounted, unless that was said for it by name: zfs removes such a directory when the dataset leaves it. */
export function ownPlace(state: State, dataset: Dataset): string | undefined {
  const place = effective(state, dataset, 'mountpoint');
  if (place === undefined || place.source === 'local' || place.source === 'received') return undefined;
  return isMountable(state, dataset) && canMount(state, dataset) !== 'off' ? place.value : undefined;
}

/** The directories above a tree that go when all of it is unmounted and leaves. */
export function withoutPlaces(state: State, root: string): State {
  const within = subtree(state, root);
  let bare = within.reduce((next, { name }) => unmounted(next, name), state);
  for (const dataset of within.toReversed()) {
    const place = ownPlace(state, dataset);
    if (place !== undefined) bare = withoutDirectory(bare, dataset.name, place);
  }
  const above = [...bare.datasets.values()].filter(({ name }) => name !== root && isWithin(root, name));
  return withDatasets(state, above);
}

/** After a change of `readonly`, or of a name: what is mounted moves along, what may not be is unmounted. */
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

/**
 * What a change of `mountpoint` reaches: the dataset, and what is below it as far as mountpoints are inherited (changelist_gather of
 * libzfs_changelist.c).
 */
export function reachedByMountpoint(state: State, dataset: Dataset): readonly string[] {
  const below = childrenOf(state, dataset.name).filter((child) => {
    const source = effective(state, child, 'mountpoint')?.source;
    return source !== 'local' && source !== 'received';
  });
  return [dataset.name, ...below.flatMap((child) => reachedByMountpoint(state, child))];
}

/**
 * After a change of `mountpoint` everything that it reaches is mounted, also what was not before, unless canmount is noauto. 2.1 leaves
 * that alone, except where the mountpoint was none or legacy before.
 */
export function movedTo(state: State, root: string, before: State): State {
  const takesAll = state.release !== '2.1' || NOWHERE.has(valueOf(before, mustFind(before, root), 'mountpoint'));
  let next = state;
  for (const name of reachedByMountpoint(state, mustFind(state, root))) {
    const dataset = mustFind(next, name);
    const wasMounted = dataset.mount !== undefined;
    if (wasMounted) next = unmounted(next, name);
    const bare = mustFind(next, name);
    if (bare.inconsistent && bare.kind === 'filesystem')
      return notModelled(`the mount of ${name}, which only a cut stream has begun`);
    const isWanted =
      (takesAll && isMountedByItself(next, bare)) ||
      (wasMounted && isMountable(next, bare) && canMount(next, bare) !== 'off');
    if (!isWanted) continue;
    if (!isReadable(next, bare)) return notModelled(`the mount of ${name}, whose key has been changed`);
    next = mounted(next, bare);
  }
  return next;
}
