import assert from 'node:assert/strict';
import { compareWithBaseline, formatBaseline, parseBaseline, toEntries } from '../../../server/src/core/lint/baseline';
import type { BaselineEntry } from '../../../server/src/core/lint/baseline';
import type { Finding } from '../../../server/src/core/lint/finding';
import { fingerprintOf } from '../../../server/src/core/lint/fingerprint';

/** A finding at the `nth` place of `marked`. */
function findingAt(text: string, marked: string, nth = 0): Finding {
  let start = text.indexOf(marked);
  for (let count = 0; count < nth; count++) start = text.indexOf(marked, start + 1);
  const span = { start, end: start + marked.length };
  return { rule: 'send-not-raw', severity: 'error', message: 'x', span, fixes: [], related: [] };
}

const at = (text: string): string => fingerprintOf(text, findingAt(text, 'zfs send'));

describe('a fingerprint', () => {
  const before = 'echo\nsudo zfs send a@b | cat\n';

  it('stays when lines move and white space changes', () => {
    for (const after of [`# new\n${before}`, 'sudo\tzfs send a@b |  cat', '  sudo zfs send a@b | cat  \r\nnext'])
      assert.equal(at(after), at(before), after);
  });

  it('is another for another line or rule', () => {
    assert.notEqual(at('sudo zfs send a@c | cat'), at(before));
    const finding = { ...findingAt(before, 'zfs send'), rule: 'no-pipefail' };
    assert.notEqual(fingerprintOf(before, finding), at(before));
  });

  it('of a long line does not take all of it', () => {
    const [left, right] = ['x'.repeat(600), 'y'.repeat(600)];
    assert.equal(at(`${left}zfs send${right}`), at(`1${left}zfs send${right}2`));
  });
});

describe('compareWithBaseline', () => {
  const text = 'zfs send a@b\nzfs send a@b\nzfs send c@d\n';
  const findings = [0, 1, 2].map((nth) => findingAt(text, 'zfs send', nth));

  it('leaves out as many as there were', () => {
    const entries = toEntries('a.sh', text, findings.slice(0, 1));
    const { fresh, known, gone } = compareWithBaseline(text, findings, entries);
    assert.deepEqual(fresh, findings.slice(1));
    assert.equal(known, 1);
    assert.deepEqual(gone, []);
  });

  it('counts what is gone', () => {
    const entries = toEntries('a.sh', text, findings);
    assert.deepEqual(
      compareWithBaseline(text, findings.slice(1), entries).gone.map(({ count }) => count),
      [1],
    );
    assert.deepEqual(compareWithBaseline(text, [], entries).gone, entries);
  });
});

const entry = (path: string, rule: string, count: number): BaselineEntry => ({ path, rule, fingerprint: 'f', count });

describe('a baseline as text', () => {
  const sorted = [entry('a.sh', 'x', 1), entry('a.sh', 'y', 2), entry('b.sh', 'a', 1)];

  it('is read back, sorted', () =>
    assert.deepEqual(parseBaseline(formatBaseline(sorted.toReversed())), { ok: true, value: sorted }));

  it('has one entry on a line', () =>
    assert.equal(
      formatBaseline(sorted)
        .split('\n')
        .filter((line) => line.includes('path')).length,
      3,
    ));

  it('may be empty', () => assert.deepEqual(parseBaseline(formatBaseline([])), { ok: true, value: [] }));

  it('with an entry twice, as merging may leave it, counts it once', () => {
    const merged = formatBaseline([entry('a.sh', 'x', 1), entry('a.sh', 'x', 2), entry('a.sh', 'x', 1)]);
    assert.deepEqual(parseBaseline(merged), { ok: true, value: [entry('a.sh', 'x', 2)] });
  });
});
