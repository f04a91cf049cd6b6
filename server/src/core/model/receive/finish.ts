/** The end of one snapshot's stream: the dataset is what was sent, and has the snapshot. */
import { isKept } from '../destroy/destroy-snapshots';
import { drawGuid } from '../draw-guid';
import { omit } from '../omit';
import type { Dataset, Snapshot, State } from '../state';
import type { BeginRecord } from '../stream';
import { change, clonesOf, mustFind, nextTxg } from '../tree';

export interface Finished {
  readonly name: string;
  readonly snapshot: string;
  readonly begin: BeginRecord;
  readonly isForced: boolean;
}

/**
 * With `-F`, the snapshots newer than the base have to go: one that is held stops the receive. Without, the hidden clone of a
 * resumed increment must be of the newest (dsl_dataset_clone_swap_check_impl).
 */
export function newerProblem(
  state: State,
  { name, snapshot, begin, isForced }: Finished,
): 'EBUSY' | 'EEXIST' | 'EINVAL' | 'ETXTBSY' | undefined {
  if (!isForced) {
    const { partial, inconsistent, snapshots } = mustFind(state, name);
    if (partial === undefined || inconsistent) return undefined;
    // 2.1 finds out here what later releases refuse before: the rest of a full stream takes the place of what is there.
    if (partial.fromGuid === undefined) return 'ETXTBSY';
    if (partial.originGuid !== snapshots.at(-1)?.guid) return 'EINVAL';
    // Of a new one that was asked when it began.
    return snapshots.some((each) => each.name === snapshot) ? 'EEXIST' : undefined;
  }
  const newer = newerThanBase(mustFind(state, name), begin).map((each) => `${name}@${each.name}`);
  if (newer.some((each) => isKept(state, each))) return 'EBUSY';
  return newer.some((each) => clonesOf(state, each).length > 0) ? 'EEXIST' : undefined;
}

function newerThanBase(dataset: Dataset, begin: BeginRecord): readonly Snapshot[] {
  const base = dataset.snapshots.findIndex((each) => each.guid === begin.fromGuid);
  return base < 0 ? [] : dataset.snapshots.slice(base + 1);
}

export function finished(state: State, { name, snapshot, begin, isForced }: Finished): State {
  const [ivsetguid, drawn] = drawGuid(state);
  const [txg, next] = nextTxg(drawn, name);
  return change(next, name, (before) => {
    const rest = omit(omit(isForced ? withoutNewer(before, begin) : before, 'inconsistent'), 'partial');
    const isNewEncrypted = before.inconsistent && before.origin === undefined && before.crypto !== undefined;
    const lacks = (begin.isRaw || isNewEncrypted) && begin.type === 'filesystem';
    const made: Snapshot = {
      name: snapshot,
      guid: begin.toGuid,
      ...(rest.crypto && { ivsetguid: begin.crypto?.toIvsetguid ?? ivsetguid }),
      createtxg: txg,
      creation: begin.creation,
      referenced: begin.referenced,
      written: begin.written,
      holds: {},
      directories: begin.directories,
      ...(lacks && { lacksAccounting: true }),
      local: {},
      received: {},
    };
    return {
      ...withReceivedKey(rest, begin),
      referenced: begin.referenced,
      directories: begin.directories,
      written: 0,
      snapshots: [...rest.snapshots, made],
      ...(lacks && { lacksAccounting: true as const }),
    };
  });
}

/** Without `-F`, newer snapshots that changed nothing stay; bookmarks stay in any case. */
function withoutNewer(dataset: Dataset, begin: BeginRecord): Dataset {
  const newer = newerThanBase(dataset, begin);
  return { ...dataset, snapshots: dataset.snapshots.filter((each) => !newer.includes(each)) };
}

/** Every raw stream brings the wrapped key as it is at the source now; it does not say whose root it is. */
function withReceivedKey(dataset: Dataset, { crypto }: BeginRecord): Dataset {
  if (crypto === undefined || dataset.crypto === undefined) return dataset;
  const { keyFormat, iterations, wrapping } = crypto;
  return { ...dataset, crypto: { ...dataset.crypto, keyFormat, iterations, wrapping } };
}
