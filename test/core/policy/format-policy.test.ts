import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import * as fc from 'fast-check';
import { Lexer, parse } from 'yaml';
import { formatPolicy } from '../../../server/src/core/policy/format-policy';

const FIXTURES = path.join(__dirname, '../../fixtures');

const fixtures: readonly (readonly [string, string])[] = ['policy', 'policy-files'].flatMap((folder) =>
  readdirSync(path.join(FIXTURES, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => [`${folder}/${name}`, readFileSync(path.join(FIXTURES, folder, name), 'utf8')] as const),
);

/** Comments as the lexer of the package sees them, which our code does not use. */
const comments = (text: string): readonly string[] =>
  [...new Lexer().lex(text)].filter((token) => token.startsWith('#')).map((comment) => comment.trimEnd());

const marks = (text: string): readonly string[] => [...new Lexer().lex(text)].filter((token) => /^[&*!]\S/.test(token));

const valueOf = (text: string): unknown =>
  parse(text.replace(/^\uFEFF/, ''), { merge: true, uniqueKeys: false, maxAliasCount: -1 });

/** Whatever was formatted says the same, has every comment in its order, and is not changed a second time. */
function holds(text: string): boolean {
  const formatted = formatPolicy(text);
  if (!formatted.ok) return false;
  assert.deepEqual(valueOf(formatted.value), valueOf(text));
  assert.deepEqual(comments(formatted.value), comments(text));
  assert.deepEqual(marks(formatted.value), marks(text));
  const again = formatPolicy(formatted.value);
  assert.ok(again.ok);
  assert.equal(again.value, formatted.value);
  return true;
}

const formatted = (text: string): string => {
  const result = formatPolicy(text);
  assert.ok(result.ok);
  return result.value;
};

const line = (length: number): string => `a: { b: c, d: ${'e'.repeat(length - 'a: { b: c, d:  }'.length)} }`;

describe('formatPolicy', () => {
  for (const [name, text] of fixtures)
    it(`keeps what ${name} says, or leaves it alone`, () => {
      const done = holds(text);
      if (!name.includes('/err/')) assert.ok(done);
    });

  it('lays out as the fixture says', () => {
    for (const [name, text] of fixtures.filter(([each]) => each.includes('/layout/')))
      assert.equal(formatted(text), readFileSync(path.join(FIXTURES, name.replace('.yaml', '.out')), 'utf8'), name);
  });

  it('keeps what any indentation and any spacing says', () => {
    let done = 0;
    fc.assert(
      fc.property(
        fc.constantFrom(...fixtures),
        fc.integer({ min: 1, max: 4 }),
        fc.infiniteStream(fc.nat(3)),
        ([, text], factor, gaps) => {
          const spaced = text
            .split('\n')
            .map((line) => line.replace(/^ */, (indent) => ' '.repeat(indent.length * factor)))
            .map((line) => line.replace(/(?<=: |, )(?=\S)/, () => ' '.repeat(Number(gaps.next().value))))
            .join('\n');
          if (holds(spaced)) done++;
        },
      ),
      { numRuns: 100, seed: 5 },
    );
    assert.ok(done > 50, `only ${done} could be formatted`);
  });

  it('keeps what every beginning of a fixture says', () => {
    let done = 0;
    for (const [, text] of fixtures) {
      const lines = text.split('\n');
      for (let count = 1; count < lines.length; count++) if (holds(`${lines.slice(0, count).join('\n')}\n`)) done++;
    }
    assert.ok(done > 100, `only ${done} could be formatted`);
  });

  it('leaves a file with errors in its syntax alone, and says which', () => {
    const result = formatPolicy('version: 1\nhosts: { a: { ssh: "a } }\n');
    assert.ok(!result.ok);
    assert.equal(result.error[0]?.rule, 'policy-syntax');
  });

  it('keeps the line ends and the mark at the beginning', () => {
    assert.equal(
      formatted('\uFEFFversion:   1\r\nhosts:\r\n    a: {ssh: a}\r\n'),
      '\uFEFFversion: 1\r\n\r\nhosts:\r\n  a: { ssh: a }\r\n',
    );
  });

  it('says nothing of an empty file', () => {
    for (const text of ['', '\n', '# only a comment\n']) assert.equal(formatted(text), text);
  });

  it('keeps a section on one line up to 100 columns, and breaks it beyond', () => {
    assert.equal(formatted(`${line(100)}\n`), `${line(100)}\n`);
    assert.equal(formatted(`${line(101)} # why\n`), `a: # why\n  b: c\n  d: ${'e'.repeat(85)}\n`);
  });
});
