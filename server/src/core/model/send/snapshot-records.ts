/** The stream of one snapshot. */
import { findSnapshot, mustFind } from '../tree';
import type { Dataset, Snapshot, State, Version } from '../state';
import type { BeginRecord, StreamCrypto, StreamRecord } from '../stream';

export interface Sent {
  readonly dataset: Dataset;
  readonly snapshot: Snapshot;
  readonly from?: Version;
  readonly isClone?: boolean;
  readonly isRaw: boolean;
  readonly hasEmbedded?: boolean;
  /** Bytes of data that the receiver has. */
  readonly resumedAt?: number;
}

export function snapshotRecords(sent: Sent): readonly StreamRecord[] {
  const { dataset, snapshot, from, isRaw, resumedAt } = sent;
  const begin: BeginRecord = {
    kind: 'begin',
    toName: `${dataset.name}@${snapshot.name}`,
    toGuid: snapshot.guid,
    ...(from && { fromGuid: from.guid }),
    type: dataset.kind,
    isRaw,
    isClone: sent.isClone === true,
    hasEmbedded: sent.hasEmbedded === true,
    ...(resumedAt !== undefined && { resumedAt }),
    creation: snapshot.creation,
    referenced: snapshot.referenced,
    directories: snapshot.directories ?? [],
    written: bytesSent(dataset, snapshot, from),
    ...(dataset.local['volsize'] !== undefined && { volsize: dataset.local['volsize'] }),
    ...(isRaw && dataset.crypto && { crypto: streamCrypto(dataset, snapshot, from) }),
  };
  const bytes = begin.written - (resumedAt ?? 0);
  return [begin, ...(bytes > 0 ? [{ kind: 'data', bytes } as const] : []), { kind: 'end' }];
}

/** All of a full stream; of an increment what was written after its base. */
function bytesSent(dataset: Dataset, snapshot: Snapshot, from: Version | undefined): number {
  if (from === undefined) return snapshot.referenced;
  return dataset.snapshots
    .filter((each) => each.createtxg > from.createtxg && each.createtxg <= snapshot.createtxg)
    .reduce((sum, each) => sum + each.written, 0);
}

/** The key travels as it is wrapped now, not as it was when the snapshot was taken: keys belong to datasets. */
function streamCrypto(dataset: Dataset, snapshot: Snapshot, from: Version | undefined): StreamCrypto {
  const { crypto } = dataset;
  if (crypto === undefined) throw new Error(`${dataset.name} has no key`);
  const { suite, keyFormat, iterations, masterKey, wrapping } = crypto;
  return {
    suite,
    keyFormat,
    iterations,
    masterKey,
    wrapping,
    toIvsetguid: snapshot.ivsetguid ?? '0',
    ...(from?.ivsetguid && { fromIvsetguid: from.ivsetguid }),
  };
}

export function sentBy(state: State, fullName: string): { readonly dataset: Dataset; readonly snapshot: Snapshot } {
  const snapshot = findSnapshot(state, fullName);
  if (snapshot === undefined) throw new Error(`the model lost ${fullName}`);
  return { dataset: mustFind(state, fullName.split('@')[0] ?? ''), snapshot };
}
