import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { decodeText, encodeText, isBinary } from '../../server/src/cli/text-encoding';

const utf16be = (text: string): Buffer => Buffer.from(text, 'utf16le').swap16();

describe('the encoding of a text', () => {
  const cases: readonly (readonly [name: string, bytes: Buffer, text: string])[] = [
    ['ASCII', Buffer.from('zfs'), 'zfs'],
    ['UTF-8 with a byte order mark', Buffer.from('\uFEFFzfs ä'), 'zfs ä'],
    ['Latin-1, byte by byte', Buffer.from('z\u00fcf \u00e4\u00f6', 'latin1'), 'z\udcfcf \udce4\udcf6'],
    ['UTF-8 with one broken byte', Buffer.concat([Buffer.from('日本'), Buffer.of(0xff)]), '日本\udcff'],
    ['a surrogate that UTF-8 does not allow', Buffer.of(0xed, 0xa0, 0x80), '\udced\udca0\udc80'],
    ['a sequence that is cut off', Buffer.from('a😀').subarray(0, 3), 'a\udcf0\udc9f'],
    ['UTF-16 of Windows', Buffer.from('\uFEFFzfs 日', 'utf16le'), 'zfs 日'],
    ['UTF-16 with the other byte order', utf16be('\uFEFFzfs 日'), 'zfs 日'],
  ];
  for (const [name, bytes, text] of cases)
    it(`is known for ${name}, and kept`, () => {
      const decoded = decodeText(bytes);
      assert.equal(decoded.text, text);
      assert.deepEqual(encodeText(decoded), bytes);
      assert.equal(isBinary(bytes), false);
    });

  it('survives an edit', () => {
    const decoded = decodeText(Buffer.from('\uFEFFzfs send\r\n# \u00e4\r\n', 'latin1'));
    const edited = encodeText({ ...decoded, text: decoded.text.replace('send', 'send -w') });
    assert.deepEqual(edited, Buffer.from('\uFEFFzfs send -w\r\n# \u00e4\r\n', 'latin1'));
  });

  it('never loses a byte', () => {
    const bytes = fc.uint8Array({ maxLength: 40 });
    const marked = fc.constantFrom([], [0xff, 0xfe], [0xfe, 0xff], [0xef, 0xbb, 0xbf]);
    const mixed = fc.array(
      fc.oneof(
        fc.string({ unit: 'grapheme' }).map((text) => Buffer.from(text)),
        bytes,
      ),
    );
    fc.assert(
      fc.property(marked, mixed, (mark, parts) => {
        const whole = Buffer.concat([Buffer.from(mark), ...parts]);
        assert.deepEqual(encodeText(decodeText(whole)), whole);
      }),
      { numRuns: 1000 },
    );
  });

  it('is decoded in a long text', () => {
    const bytes = Buffer.from('x\u00e4'.repeat(1_000_000), 'latin1');
    assert.equal(decodeText(bytes).text.length, bytes.length);
  });

  it('is none where there are zero bytes', () => {
    assert.equal(isBinary(Buffer.from('\u007fELF\0\0')), true);
    assert.equal(isBinary(Buffer.from('\uFEFFa', 'utf16le')), false);
  });
});
