/**
 * What `zfs send` writes, record by record, as the replay records of OpenZFS are laid out: a stream of one snapshot is BEGIN,
 * data, END; a package (`-R`, `-p`, `-I` …) is a header with what it holds, its streams, and a conclusion.
 */
import type { Values, Wrapping } from './state';

export type StreamRecord = PackageRecord | BeginRecord | DataRecord | { readonly kind: 'end' | 'conclusion' };

export interface PackageRecord {
  readonly kind: 'package';
  readonly toName: string;
  /** The name after `@`; absent for a full package. */
  readonly fromSnapshot?: string;
  readonly isRecursive: boolean;
  readonly isRaw: boolean;
  readonly hasHolds: boolean;
  /** Absent for a plain `-I`, which tells nothing of the dataset. */
  readonly datasets?: readonly PackedDataset[];
}

/** What a package says of one dataset at the source. */
export interface PackedDataset {
  readonly name: string;
  /** The guid of the parent's base, or of its newest sent snapshot for a full package; '0' at the top. */
  readonly parentGuid: string;
  readonly originGuid?: string;
  /** Absent where the properties were not asked for. */
  readonly properties?: Values;
  readonly isEncryptionRoot: boolean;
  /** By name, oldest first: every snapshot up to the sent one. */
  readonly snapshots: readonly { readonly name: string; readonly guid: string; readonly createtxg: number }[];
  readonly snapshotProperties: Readonly<Record<string, Values>>;
  readonly snapshotHolds: Readonly<Record<string, readonly string[]>>;
}

export interface BeginRecord {
  readonly kind: 'begin';
  readonly toName: string;
  readonly toGuid: string;
  readonly fromGuid?: string;
  readonly type: 'filesystem' | 'volume';
  readonly isRaw: boolean;
  readonly isClone: boolean;
  readonly hasEmbedded: boolean;
  /** Bytes that the receiver has already; present in a resumed stream. */
  readonly resumedAt?: number;
  readonly creation: number;
  readonly referenced: number;
  readonly written: number;
  readonly directories: readonly string[];
  readonly volsize?: string;
  readonly crypto?: StreamCrypto;
}

/** What a raw stream carries of the key, which is never the key itself. */
export interface StreamCrypto {
  readonly suite: string;
  readonly keyFormat: string;
  readonly iterations: number;
  readonly masterKey: string;
  readonly wrapping: Wrapping;
  readonly toIvsetguid: string;
  readonly fromIvsetguid?: string;
}

/** All data of a snapshot, or a part of it, as one: what OpenZFS cuts into write records of at most 128 KiB. */
export interface DataRecord {
  readonly kind: 'data';
  readonly bytes: number;
}

/** A stream as a whole, or as far as it came. */
export interface Stream {
  readonly records: readonly StreamRecord[];
  /** Why the sender ended before the stream did; a stream that was cut on its way has no reason. */
  readonly isCut?: true;
}

/** The size of a header record of OpenZFS, which counts in what `receive -v` prints and in progress. */
const HEADER = 312;
/** What one write record of a stream carries at most, with the record size that a dataset has unless it is set. */
const WRITE = 131_072;

export function recordSize(record: StreamRecord): number {
  if (record.kind === 'data') return record.bytes + HEADER * Math.ceil(record.bytes / WRITE);
  if (record.kind === 'package') return HEADER * 2 + (record.datasets?.length ?? 0) * 1500;
  return record.kind === 'begin' && record.isRaw ? HEADER + 700 : HEADER;
}

export const streamSize = (stream: Stream): number =>
  stream.records.reduce((sum, record) => sum + recordSize(record), 0);

/** The first `bytes` of a stream; the record that is cut keeps the part of its data that fits. */
export function cutStream(stream: Stream, bytes: number): Stream {
  let left = bytes;
  const records: StreamRecord[] = [];
  for (const record of stream.records) {
    const size = recordSize(record);
    if (size <= left) records.push(record);
    else if (record.kind === 'data' && left > HEADER) records.push({ kind: 'data', bytes: dataWithin(left) });
    left -= size;
    if (left < 0) return { records, isCut: true };
  }
  return stream;
}

/** The data in the first `bytes` of what a data record becomes. */
export function dataWithin(bytes: number): number {
  const whole = Math.floor(bytes / (HEADER + WRITE));
  return whole * WRITE + Math.max(0, bytes - whole * (HEADER + WRITE) - HEADER);
}
