/** What zfs looks at before it asks the kernel (zfs_receive_one of libzfs_sendrecv.c). */
import { parentOf } from '../../zfs/names';
import { openProblem } from '../names';
import { notModelled } from '../outcome';
import type { Dataset, State } from '../state';
import { clonesOf, snapshotNames, subtree } from '../tree';
import type { BeginRecord } from '../stream';
import type { ReceiveOptions } from './session';

export interface Checked {
  readonly begin: BeginRecord;
  readonly name: string;
  readonly isNew: boolean;
  readonly isForced: boolean;
}

/** The lines that refuse it, the first behind the prefix; undefined when it may go on. */
export function destinationProblem(
  state: State,
  { begin, name, isNew, isForced }: Checked,
): readonly string[] | undefined {
  const dataset = state.datasets.get(name);
  if (dataset === undefined) return missingProblem(state, name, isNew);
  if (isNew) {
    if (!isForced) return [`destination '${name}' exists\nmust specify -F to overwrite it`];
    const [first] = dataset.snapshots;
    if (first) return [`destination has snapshots (eg. ${name}@${first.name})\nmust destroy them to overwrite it`];
    if (begin.type === 'volume' && parentOf(name) === undefined)
      return [`destination ${name} is the root dataset\ncannot overwrite with a ZVOL`];
  }
  const isResumingNew = begin.resumedAt !== undefined && (begin.fromGuid === undefined || begin.isClone);
  if (isResumingNew && !dataset.inconsistent && !isForced && state.release !== '2.1')
    return [`Resuming recv on existing destination '${name}'\nmust specify -F to overwrite it`];
  if (isNew && dataset.origin !== undefined)
    return [`destination '${name}' is a clone\nmust destroy it to overwrite it`];
  if (
    (isNew || isResumingNew) &&
    dataset.kind === 'filesystem' &&
    dependents(state, dataset).some((each) => each.mount)
  )
    return notModelled(`zfs receive of a full stream into ${name}, which unmounts what is below it and its clones`);
  const isEncrypted = dataset.crypto !== undefined;
  if (!isNew && !isEncrypted && begin.isRaw)
    return ['cannot perform raw receive on top of existing unencrypted dataset'];
  if (isNew && (isEncrypted || begin.isRaw)) {
    const what = 'destroy an encrypted filesystem or overwrite an unencrypted one with an encrypted one';
    return [`zfs receive -F cannot be used to ${what}`];
  }
  return undefined;
}

/** What is below a dataset, the clones of all that, and so on (zfs_iter_dependents of libzfs_iter.c). */
function dependents(state: State, dataset: Dataset): readonly Dataset[] {
  const found = new Set(subtree(state, dataset.name));
  for (const each of found)
    for (const clone of snapshotNames(each).flatMap((name) => clonesOf(state, name)))
      for (const below of subtree(state, clone.name)) found.add(below);
  found.delete(dataset);
  return [...found];
}

/** A new dataset needs its parent; `-d` makes those that are missing. */
function missingProblem(state: State, name: string, isNew: boolean): readonly string[] | undefined {
  const parent = parentOf(name);
  if (!isNew || parent === undefined) return [`destination '${name}' does not exist`];
  const found = state.datasets.get(parent);
  if (found === undefined) return [openProblem(state, parent, 'dataset') ?? '', 'unable to restore to destination'];
  return found.kind === 'filesystem' ? undefined : [`parent '${parent}' is not a filesystem`];
}

export const prefixOf = (begin: BeginRecord, isNew: boolean): string => {
  if (isNew) return 'cannot receive new filesystem stream';
  return begin.resumedAt === undefined ? 'cannot receive incremental stream' : 'cannot receive resume stream';
};

export const isNewStream = (begin: BeginRecord): boolean =>
  (begin.fromGuid === undefined || begin.isClone) && begin.resumedAt === undefined;

export const createsMissingParents = ({ naming }: ReceiveOptions): boolean => naming === 'without-pool';
