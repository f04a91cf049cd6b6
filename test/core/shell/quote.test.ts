import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { array, assert as assertProperty, constantFrom, oneof, property, string } from 'fast-check';
import { quote } from '../../../server/src/core/shell/quote';

/** What a real sh makes of the quoted words. */
function throughShell(words: readonly string[]): readonly string[] {
  const script = `printf '%s\\0' ${quote(['-', ...words])}`;
  const output = execFileSync('/bin/sh', ['-c', script], { encoding: 'utf8' });
  return output.split('\0').slice(1, -1);
}

const character = oneof(
  constantFrom(...Array.from(' \t\n\r\'"`$\\!*?[]{}()<>|&;#~=%^-')),
  string({ unit: 'grapheme', minLength: 1, maxLength: 1 }),
);
const word = array(character, { maxLength: 12 }).map((characters) => characters.join('').replaceAll('\0', ''));

describe('quote', () => {
  it('gives every word back through a real sh', () => {
    assertProperty(
      property(array(word, { maxLength: 8 }), (words) => {
        assert.deepEqual(throughShell(words), words);
      }),
      { numRuns: 200 },
    );
  });

  const cases: readonly (readonly [readonly string[], string])[] = [
    [['zfs', 'send', '-w', 'tank/prod@a'], 'zfs send -w tank/prod@a'],
    [['zfs', 'set', 'a:b=c d', 'tank'], "zfs set 'a:b=c d' tank"],
    [['zfs', 'send', '-i', '#mark', 'tank@a'], "zfs send -i '#mark' tank@a"],
    [['A=b', 'A=b'], "'A=b' A=b"],
    [['if', 'if'], "'if' if"],
    [[''], "''"],
    [["it's"], String.raw`'it'\''s'`],
  ];
  for (const [argv, expected] of cases) {
    it(`writes ${expected}`, () => assert.equal(quote(argv), expected));
  }

  it('refuses a NUL character, which no program can be given', () => {
    assert.throws(() => quote(['a\0b']), /NUL/);
  });
});
