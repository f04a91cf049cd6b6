import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { zlibSync } from 'fflate';
import type { TokenProblem } from '../../../server/src/core/zfs/token';
import { parseResumeToken } from '../../../server/src/core/zfs/token';

/** Tokens of OpenZFS 2.3.2; `zfs send -nvP -t` prints the values that are expected here. */
const FULL =
  '1-d12f70aa3-f0-789c636064000310a500c4ec50360710e72765a52697303034409460caa7a515a796806442e0f26c48f2499525a9c540fa' +
  '4a431456fd25f9e9a599290c0cd55112a261e1efcb3490e439c1f27989b9a9403a312f5bbfa0283f453f25c92111620e3703c2ddc9f9b9054' +
  '5a9c5c5f9d9103109a83b60f24589e53029060085cf1ea3';
const INCREMENT =
  '1-ff38122a9-118-789c636064000310a501c49c50360710a715e5e7a69766a63040417594846858f8fb3205209b1d495d7e52566a72090343' +
  '23541d867c5a5a716a0948460b2ecf86249f5459925a0ca453ec75b0ea2fc987b8e2fcb5f2b7e9d6caa73590e439c1f27989b9a9403a312f5b' +
  'bfa0283f453f25c92109620e3703c27fc9f9b90545a9c5c5f9d9103109a83b60f24589e530290600df5a25cc';

function check(token: string, code: TokenProblem['code']): void {
  const parsed = parseResumeToken(token);
  assert.equal(parsed.ok ? 'ok' : parsed.error.code, code, token.slice(0, 40));
}

/** Wraps bytes as zfs does, so that damage behind a right checksum can be shown. */
function wrap(packed: Uint8Array, length = packed.length): string {
  const compressed = zlibSync(packed);
  const view = new DataView(compressed.buffer, compressed.byteOffset, compressed.byteLength);
  let sum = 0n;
  for (let offset = 0; offset + 4 <= compressed.length; offset += 4) sum += BigInt(view.getUint32(offset, true));
  const hex = [...compressed].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return `1-${sum.toString(16)}-${length.toString(16)}-${hex}`;
}

describe('parseResumeToken', () => {
  it('reads a full raw stream', () => {
    assert.deepEqual(parseResumeToken(`${FULL}\n`), {
      ok: true,
      value: {
        toName: 'tank/prod/db@a',
        toGuid: String(0x76ef575615185a7bn),
        object: String(0x80),
        offset: String(0x540000),
        bytes: 0x5a80d4,
        raw: true,
        compressed: true,
        largeBlocks: false,
        embedded: false,
      },
    });
  });

  it('reads the base of an increment', () => {
    const parsed = parseResumeToken(INCREMENT);
    assert.ok(parsed.ok);
    assert.equal(parsed.value.fromGuid, String(0x76ef575615185a7bn));
    assert.equal(parsed.value.toName, 'tank/prod/db@b');
    assert.equal(parsed.value.toGuid, String(0xcb233b67ed77d6cfn));
  });

  it('says how a token is damaged', () => {
    check('', 'format');
    check('-', 'format');
    check('garbage', 'format');
    check('1-deadbeef', 'format');
    check(FULL.slice(0, -1), 'format');
    check(FULL.replace(/^1/, '2'), 'version');
    check(FULL.slice(0, -8), 'checksum');
    check(FULL.replace('1-d', '1-e'), 'checksum');
    check(FULL.replace('-f0-', '-f1-'), 'payload');
    check(FULL.replace('-f0-', '-ffffffff-'), 'payload');
    check(wrap(new Uint8Array(64)), 'payload');
    check(wrap(Uint8Array.of(0, 1, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0)), 'payload');
  });

  it('never throws for damaged contents', () => {
    const header = [0, 1, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0];
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => {
        assert.equal(parseResumeToken(wrap(Uint8Array.of(...header, ...bytes))).ok, false);
      }),
    );
  });

  it('finds every changed character', () => {
    const places = fc.integer({ min: FULL.indexOf('789c'), max: FULL.length - 9 });
    fc.assert(
      fc.property(places, (at) => {
        const changed = FULL[at] === '0' ? '1' : '0';
        check(FULL.slice(0, at) + changed + FULL.slice(at + 1), 'checksum');
      }),
    );
  });
});
