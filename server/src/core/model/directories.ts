/** The directories that file systems are mounted on. To make one, or to remove it, changes the file system that it is in. */
import { parentOf } from '../zfs/names';
import { notModelled } from './outcome';
import type { Dataset, State } from './state';
import { change } from './tree';

const DIRECTORY = 11_264;

/** `mkdir -p` of the place where a dataset is about to be mounted. */
export function withDirectory(state: State, name: string, path: string): State {
  const found = placeOf(state, name, path);
  if (found === undefined || isThere(found)) return state;
  const { holder, inside } = found;
  if (holder.mount?.readonly)
    return notModelled(`a mount whose directory is missing in ${holder.name}, which is read-only`);
  return withDirectories(state, holder, [...holder.directories, inside]);
}

/** `rmdir` of the place where a dataset was mounted, which is left where something is in it. */
export function withoutDirectory(state: State, name: string, path: string): State {
  const found = placeOf(state, name, path);
  if (found === undefined || !found.holder.directories.includes(found.inside) || found.holder.mount?.readonly)
    return state;
  const { holder, inside } = found;
  if (holder.directories.some((each) => each.startsWith(`${inside}/`))) return state;
  return withDirectories(
    state,
    holder,
    holder.directories.filter((each) => each !== inside),
  );
}

interface Place {
  readonly holder: Dataset;
  /** The path within the holder. */
  readonly inside: string;
}

/** In the nearest dataset above that is mounted there; undefined where that is no file system of ours. */
function placeOf(state: State, name: string, path: string): Place | undefined {
  for (let above = parentOf(name); above !== undefined; above = parentOf(above)) {
    const holder = state.datasets.get(above);
    if (holder?.mount && path.startsWith(`${holder.mount.path}/`))
      return { holder, inside: path.slice(holder.mount.path.length + 1) };
  }
  return undefined;
}

const isThere = ({ holder, inside }: Place): boolean =>
  holder.directories.some((each) => each === inside || each.startsWith(`${inside}/`));

const withDirectories = (state: State, holder: Dataset, directories: readonly string[]): State =>
  change(state, holder.name, (each) => ({ ...each, directories, written: each.written + DIRECTORY }));
