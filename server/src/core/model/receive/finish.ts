/** The end of one snapshot's stream: the dataset is what was sent, and has the snapshot. */
import { rolledBack } from '../commands/rollback';
import { isHeld } from '../destroy/destroy-snapshots';
import { drawGuid } from '../draw-guid';
import { omit } from '../omit';
import type { Dataset, Snapshot, State } from '../state';
import type { BeginRecord } from '../stream';
import { change, clonesOf, mustFind, nextTxg } from '../tree';

export interface Finished {
  readonly name: string;
  readonly snapshot: string;
  readonly begin: BeginRecord;
}

/** With `-F`, the snapshots newer than the base have to go: one that is held stops the receive. */
export function newerProblem(state: State, { name, begin }: Finished): 'EBUSY' | 'EEXIST' | undefined {
  const newer = newerThanBase(mustFind(state, name), begin).map((each) => `${name}@${each.name}`);
  if (newer.some((each) => isHeld(state, each))) return 'EBUSY';
  return newer.some((each) => clonesOf(state, each).length > 0) ? 'EEXIST' : undefined;
}

function newerThanBase(dataset: Dataset, begin: BeginRecord): readonly Snapshot[] {
  const base = dataset.snapshots.findIndex((each) => each.guid === begin.fromGuid);
  return base < 0 ? [] : dataset.snapshots.slice(base + 1);
}

export function finished(state: State, { name, snapshot, begin }: Finished): State {
  const [ivsetguid, drawn] = drawGuid(state);
  const [txg, next] = nextTxg(drawn, name);
  return change(next, name, (before) => {
    const base = before.snapshots.find((each) => each.guid === begin.fromGuid);
    const rest = omit(omit(base ? rolledBack(before, base) : before, 'inconsistent'), 'partial');
    const made: Snapshot = {
      name: snapshot,
      guid: begin.toGuid,
      ...(rest.crypto && { ivsetguid: begin.crypto?.toIvsetguid ?? ivsetguid }),
      createtxg: txg,
      creation: begin.creation,
      referenced: begin.referenced,
      written: begin.written,
      holds: {},
      local: {},
      received: {},
    };
    return {
      ...withReceivedKey(rest, begin),
      referenced: begin.referenced,
      written: 0,
      snapshots: [...rest.snapshots, made],
      ...(begin.isRaw && begin.type === 'filesystem' && { lacksAccounting: true as const }),
    };
  });
}

/** Every raw stream brings the wrapped key as it is at the source now; it does not say whose root it is. */
function withReceivedKey(dataset: Dataset, { crypto }: BeginRecord): Dataset {
  if (crypto === undefined || dataset.crypto === undefined) return dataset;
  const { keyFormat, iterations, wrapping } = crypto;
  return { ...dataset, crypto: { ...dataset.crypto, keyFormat, iterations, wrapping } };
}
