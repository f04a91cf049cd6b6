/**
 * What a send keeps while it runs (facts of 2.3.2, played on it by `test/zfs/`). A package holds all that it carries, and the
 * bases, under a tag of its own. The snapshot that is being sent is busy, and what is not held may go, its base too.
 */
import { withoutFreed } from '../destroy/destroy-snapshots';
import { omit } from '../omit';
import type { Snapshot, State } from '../state';
import type { BeginRecord, Stream, StreamRecord } from '../stream';
import { editSnapshots, withDatasets } from '../tree';

export interface KeptSent {
  /** By dataset, the guids of its snapshots: a snapshot can be renamed while it is sent. */
  readonly guids: ReadonlyMap<string, ReadonlySet<string>>;
  /** Of the hold; absent for what is busy. */
  readonly tag?: string;
}

/** What a stream holds to its end; `process` is the number of the process that sends. */
export function heldBy({ records }: Stream, process: number): KeptSent {
  const guids = new Map<string, Set<string>>();
  if (records[0]?.kind !== 'package') return { guids };
  for (const { datasetName, toGuid, fromGuid } of records.flatMap(sentBy)) {
    const found = guids.get(datasetName) ?? new Set();
    guids.set(datasetName, found.add(toGuid));
    if (fromGuid !== undefined) found.add(fromGuid);
  }
  return { guids, tag: `.send-${process}-1` };
}

/** What is busy from this record on, to the next of its kind. */
export const busyBy = (record: BeginRecord): KeptSent => ({
  guids: new Map(sentBy(record).map(({ datasetName, toGuid }) => [datasetName, new Set([toGuid])])),
});

const sentBy = (record: StreamRecord) =>
  record.kind === 'begin' ? [{ ...record, datasetName: record.toName.split('@')[0] ?? '' }] : [];

/** The state from when it is kept. */
export const withSent = (state: State, { guids, tag }: KeptSent): State =>
  editKept(state, guids, (each) =>
    tag === undefined ? counted(each, 1) : { ...each, holds: { ...each.holds, [tag]: state.now } },
  );

/** The state when it no longer is: what waited to be destroyed goes. */
export const withoutSent = (state: State, { guids, tag }: KeptSent): State =>
  withoutFreed(
    editKept(state, guids, (each) =>
      tag === undefined ? counted(each, -1) : { ...each, holds: omit(each.holds, tag) },
    ),
  );

function editKept(state: State, guids: KeptSent['guids'], edit: (snapshot: Snapshot) => Snapshot): State {
  const changed = [...guids].flatMap(([name, kept]) => {
    const dataset = state.datasets.get(name);
    return dataset ? [editSnapshots(dataset, (each) => (kept.has(each.guid) ? edit(each) : each))] : [];
  });
  return withDatasets(state, changed);
}

function counted(snapshot: Snapshot, change: 1 | -1): Snapshot {
  const sends = (snapshot.sends ?? 0) + change;
  return sends > 0 ? { ...snapshot, sends } : omit(snapshot, 'sends');
}
