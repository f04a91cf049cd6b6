import assert from 'node:assert/strict';
import { checkDocument } from '../../scripts/fuzz/check-document';
import type { Lint } from '../../scripts/fuzz/check-document';
import { formatFailure, runFuzz } from '../../scripts/fuzz/run-fuzz';
import { shrink } from '../../scripts/fuzz/shrink';
import type { Finding } from '../../server/src/core/lint/finding';

const SEED = 1;

/** All of them where nothing may be left out, fewer on a machine that somebody waits for. */
const RUNS = process.env['RAWSEND_REQUIRE'] === 'all' ? 100_000 : 5000;

describe('any text', () => {
  it(`keeps what must hold in ${RUNS} runs of seed ${SEED}`, async function () {
    this.timeout(20 * 60_000);
    const failures = await runFuzz({ seed: SEED, first: 0, end: RUNS });
    assert.equal(failures.map((failure) => formatFailure(failure, SEED)).join('\n'), '');
  });
});

describe('the checks of the fuzzer', () => {
  const text = 'zfs list tank\n';
  const found: Readonly<Record<string, readonly [string | undefined, Lint]>> = {
    'let a sound analysis pass': [undefined, () => [at(0, text.length), fixing(edit(0, 3, 'zpool'))]],
    'see a crash': [
      'crash',
      () => {
        throw new Error('no');
      },
    ],
    'see a rule that failed': ['rule-failed', () => [{ ...at(0, 0), message: 'this rule failed and …' }]],
    'see a finding outside the text': ['range', () => [at(0, text.length + 1)]],
    'see a related place outside the text': [
      'range',
      () => [{ ...at(0, 1), related: [{ span: { start: -1, end: 0 }, message: 'here' }] }],
    ],
    'see an edit outside the text': ['range', () => [fixing(edit(99, 99, 'x'))]],
    'see two edits of one fix in one place': ['overlap', () => [fixing(edit(0, 3, 'x'), edit(2, 4, 'y'))]],
    'see a fix that opens a quote': ['fix-breaks-text', () => [fixing(edit(3, 3, '"'))]],
  };
  for (const [name, [kind, lint]] of Object.entries(found)) {
    it(name, () => assert.equal(checkDocument({ path: 'a.sh', text }, {}, lint)?.kind, kind));
  }

  it('do not blame a fix for a text that was broken before', () => {
    const broken = { path: 'a.sh', text: 'zfs list "tank\n' };
    assert.equal(
      checkDocument(broken, {}, () => [fixing(edit(3, 3, ' '))]),
      undefined,
    );
  });

  it('make a document as small as what is wrong with it', () => {
    const long = `${'echo nothing\n'.repeat(50)}zfs (bad) list\n${'true\n'.repeat(50)}`;
    assert.equal(
      shrink(long, (smaller) => smaller.includes('(bad)')),
      '(bad)',
    );
  });
});

const at = (start: number, end: number): Finding => ({
  rule: 'a-rule',
  severity: 'error',
  span: { start, end },
  message: 'wrong',
  fixes: [],
  related: [],
});
const fixing = (...edits: Finding['fixes'][number]['edits']): Finding => ({
  ...at(0, 3),
  fixes: [{ title: 'Fix', safety: 'safe', edits }],
});
const edit = (start: number, end: number, newText: string) => ({ span: { start, end }, newText });
