/** What the kernel checks before it takes data (dmu_recv_begin_check and dmu_recv_resume_begin_check of dmu_recv.c). */
import { parentOf } from '../../zfs/names';
import { isKeyLoaded } from '../keys';
import type { Dataset, State } from '../state';
import type { BeginRecord } from '../stream';
import type { KeyOfNew } from './new-dataset';

export type Errno =
  | 'EACCES'
  | 'EBUSY'
  | 'EEXIST'
  | 'EINVAL'
  | 'ENODEV'
  | 'ENOENT'
  | 'EPERM'
  | 'ESTALE-IVSET'
  | 'ETRUNCATED'
  | 'ETXTBSY'
  | 'EKEY';

export interface Begin {
  readonly begin: BeginRecord;
  readonly name: string;
  readonly snapshot: string;
  readonly isForced: boolean;
  /** Of a stream that is not raw and makes a dataset. */
  readonly key: KeyOfNew;
}

export function beginProblem(state: State, asked: Begin): Errno | undefined {
  const { begin, name, key } = asked;
  const dataset = state.datasets.get(name);
  if (begin.resumedAt !== undefined) return resumeProblem(dataset, begin);
  if (dataset === undefined) {
    if (begin.fromGuid !== undefined && !begin.isClone) return 'ENOENT';
    const parent = state.datasets.get(parentOf(name) ?? '');
    if (!begin.isRaw && key === 'inherited' && parent && !isKeyLoaded(state, parent)) return 'EACCES';
    return !begin.isRaw && key !== 'none' && begin.hasEmbedded ? 'EINVAL' : undefined;
  }
  if (!begin.isRaw && dataset.crypto && !isKeyLoaded(state, dataset)) return 'EACCES';
  return existingProblem(dataset, asked);
}

function resumeProblem(dataset: Dataset | undefined, begin: BeginRecord): Errno | undefined {
  if (dataset === undefined) return 'ENOENT';
  const { partial } = dataset;
  const isSame = partial?.toGuid === begin.toGuid && partial.fromGuid === begin.fromGuid;
  return isSame ? undefined : 'EINVAL';
}

function existingProblem(dataset: Dataset, { begin, snapshot, isForced }: Begin): Errno | undefined {
  if (dataset.partial) return 'EBUSY';
  if (dataset.snapshots.some((each) => each.name === snapshot)) return 'EEXIST';
  if (begin.fromGuid === undefined) {
    if (!isForced) return 'EEXIST';
    return dataset.crypto || begin.isRaw ? 'EINVAL' : undefined;
  }
  if (dataset.crypto && begin.hasEmbedded) return 'EINVAL';
  const base = dataset.snapshots.findIndex((each) => each.guid === begin.fromGuid);
  if (base < 0) return 'ENODEV';
  if (isForced) return undefined;
  const newer = dataset.snapshots.slice(base + 1);
  const isModified = dataset.written > 0 || newer.some((each) => each.written > 0);
  return isModified || (begin.isRaw && newer.length > 0) ? 'ETXTBSY' : undefined;
}

/** Of a raw stream, once it begins: a base that was itself received raw, and the same master key, also in the rest of a new dataset. */
export function keyProblem(state: State, { begin, name }: Begin): Errno | undefined {
  const dataset = state.datasets.get(name);
  const { crypto } = begin;
  if (crypto === undefined || dataset?.crypto === undefined) return undefined;
  const base = dataset.snapshots.find((each) => each.guid === begin.fromGuid);
  if (base && base.ivsetguid !== crypto.fromIvsetguid) return 'ESTALE-IVSET';
  return dataset.crypto.masterKey === crypto.masterKey ? undefined : 'EKEY';
}
