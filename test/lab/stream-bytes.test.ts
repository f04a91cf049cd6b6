import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import type { StreamRecord } from '../../server/src/core/model/stream';
import { cutStream, streamSize } from '../../server/src/core/model/stream';
import { NotAStream, recordBytes, StreamReader } from '../../server/src/lab/stream-bytes';

const BEGIN = {
  kind: 'begin',
  toName: 'tank/prod@a',
  toGuid: '17335927402949870403',
  type: 'filesystem',
  isRaw: true,
  isClone: false,
  hasEmbedded: false,
  creation: 1,
  referenced: 1,
  written: 1,
  directories: [],
} as const;

const stream = (bytes: number): readonly StreamRecord[] => [
  { kind: 'package', toName: 'tank/prod@a', isRecursive: true, isRaw: true, hasHolds: false, datasets: [] },
  BEGIN,
  { kind: 'data', bytes },
  { kind: 'end' },
  { kind: 'conclusion' },
];

const bytesOf = (records: readonly StreamRecord[]): Buffer =>
  Buffer.concat(records.flatMap((record) => [...recordBytes(record, true)]));

/** What arrives when bytes come in pieces of these sizes, over and over; data is added up. */
function readInPieces(bytes: Buffer, sizes: readonly number[]): readonly StreamRecord[] {
  const reader = new StreamReader();
  const records: StreamRecord[] = [];
  let from = 0;
  for (let index = 0; from < bytes.length; index += 1) {
    const size = sizes[index % sizes.length] ?? 1;
    for (const record of reader.take(bytes.subarray(from, from + size))) {
      const last = records.at(-1);
      if (record.kind === 'data' && last?.kind === 'data')
        records[records.length - 1] = { kind: 'data', bytes: last.bytes + record.bytes };
      else records.push(record);
    }
    from += size;
  }
  return records;
}

const textOf = (isRaw: boolean): string =>
  Buffer.concat([...recordBytes({ kind: 'data', bytes: 9999 }, isRaw)]).toString('latin1');

const SIZES = fc.array(fc.integer({ min: 1, max: 70_000 }), { minLength: 1, maxLength: 5 });
const DATA = fc.integer({ min: 1, max: 400_000 });

describe('the bytes of a stream', () => {
  it('are as many as the stream is long', () =>
    fc.assert(fc.property(DATA, (data) => bytesOf(stream(data)).length === streamSize({ records: stream(data) }))));

  it('give the records back, in whatever pieces they come', () =>
    fc.assert(
      fc.property(DATA, SIZES, (data, sizes) => {
        assert.deepEqual(readInPieces(bytesOf(stream(data)), sizes), stream(data));
      }),
    ));

  it('cut anywhere give what the model says of a stream that is cut there', () =>
    fc.assert(
      fc.property(DATA, SIZES, fc.double({ min: 0, max: 1, noNaN: true }), (data, sizes, part) => {
        const bytes = bytesOf(stream(data));
        const cut = Math.floor(bytes.length * part);
        const whole = cutStream({ records: stream(data) }, cut).records.filter(
          (record) => record.kind !== 'data' || record.bytes > 0,
        );
        assert.deepEqual(readInPieces(bytes.subarray(0, cut), sizes), whole);
      }),
    ));

  it('are made piece by piece: a petabyte begins at once and holds no more than a piece', () => {
    const pieces = recordBytes({ kind: 'data', bytes: 2 ** 50 }, true);
    for (let count = 0; count < 1000; count += 1) assert.ok((pieces.next().value?.length ?? 0) <= 65_536);
  });

  it('are readable when they are clear, and noise when they are raw', () => {
    assert.match(textOf(false), /everybody on the way can read this/);
    assert.doesNotMatch(textOf(true), /[a-z]{6} [a-z]{2} [a-z]{3}/);
  });

  it('of something else are refused', () => {
    for (const bytes of [Buffer.from('not a stream at all'), Buffer.alloc(64)])
      assert.throws(() => [...new StreamReader().take(bytes)], NotAStream);
  });
});
