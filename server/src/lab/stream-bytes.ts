/**
 * A stream of the model as bytes: every record is a frame of the size that the record has in OpenZFS, with the record as JSON
 * at its head. What follows is made while it is read, so a stream of any length takes the memory of one chunk.
 */
import { dataWithin, recordSize } from '../core/model/stream';
import type { StreamRecord } from '../core/model/stream';

const MAGIC = 0x52_53_5a_31;
/** Magic number, length of the JSON, length of the frame. */
const HEAD = 16;
const CHUNK = 65_536;

/** @param isRaw whether the stream's data is encrypted, which shows */
export function* recordBytes(record: StreamRecord, isRaw: boolean): Generator<Buffer> {
  const json = Buffer.from(JSON.stringify(record));
  const size = Math.max(recordSize(record), HEAD + json.length);
  const head = Buffer.alloc(HEAD);
  head.writeUInt32BE(MAGIC, 0);
  head.writeUInt32BE(json.length, 4);
  head.writeBigUInt64BE(BigInt(size), 8);
  yield Buffer.concat([head, json]);
  const filling = isRaw ? NOISE : CLEAR;
  for (let left = size - HEAD - json.length; left > 0; left -= CHUNK) yield filling.subarray(0, Math.min(left, CHUNK));
}

/** What clear data looks like on the way, and what encrypted data does. */
const CLEAR = Buffer.alloc(CHUNK, 'everybody on the way can read this\n');
const NOISE = noise();

/** An xorshift generator: it only has to look like noise, and to be the same each time. */
function noise(): Buffer {
  const bytes = Buffer.alloc(CHUNK);
  let state = 0x9e_37_79_b9;
  for (let index = 0; index < CHUNK; index += 4) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    bytes.writeInt32LE(state | 0, index);
  }
  return bytes;
}

/** The frame was made above; what differs from it was made by nobody who means well. */
const isRecord = (value: unknown): value is StreamRecord =>
  typeof value === 'object' &&
  value !== null &&
  'kind' in value &&
  ['package', 'begin', 'data', 'end', 'conclusion'].includes(String(value.kind));

export class NotAStream extends Error {
  override readonly name = 'NotAStream';
}

/** The data of a snapshot on its way: bytes of its frame, and bytes of data. */
interface Arriving {
  readonly size: number;
  readonly bytes: number;
  arrived: number;
  given: number;
}

/** Takes bytes in any pieces and gives back records; the data of a snapshot comes in as many parts as it arrives in. */
export class StreamReader {
  #pending: Buffer = Buffer.alloc(0);
  #data: Arriving | undefined;

  /** @throws NotAStream */
  *take(chunk: Buffer): Generator<StreamRecord> {
    this.#pending = this.#pending.length === 0 ? chunk : Buffer.concat([this.#pending, chunk]);
    for (;;) {
      if (this.#data) {
        yield* this.#takeData(this.#data);
        if (this.#data) return;
      }
      const record = this.#takeFrame();
      if (record === undefined) return;
      if (record.kind !== 'data') yield record;
    }
  }

  *#takeData(data: Arriving): Generator<StreamRecord> {
    const taken = Math.min(this.#pending.length, data.size - data.arrived);
    this.#pending = this.#pending.subarray(taken);
    data.arrived += taken;
    const isWhole = data.arrived === data.size;
    const bytes = (isWhole ? data.bytes : Math.min(data.bytes, dataWithin(data.arrived))) - data.given;
    data.given += bytes;
    if (isWhole) this.#data = undefined;
    if (bytes > 0) yield { kind: 'data', bytes };
  }

  /** The next frame that is here whole; of data the head alone. */
  #takeFrame(): StreamRecord | undefined {
    const pending = this.#pending;
    if (pending.length >= 4 && pending.readUInt32BE(0) !== MAGIC) throw new NotAStream();
    if (pending.length < HEAD) return undefined;
    const length = pending.readUInt32BE(4);
    const size = Number(pending.readBigUInt64BE(8));
    if (pending.length < HEAD + length) return undefined;
    const record: unknown = JSON.parse(pending.subarray(HEAD, HEAD + length).toString());
    if (!isRecord(record)) throw new NotAStream();
    if (record.kind === 'data') {
      this.#data = { size, bytes: record.bytes, arrived: 0, given: 0 };
      return record;
    }
    if (pending.length < size) return undefined;
    this.#pending = pending.subarray(size);
    return record;
  }
}
