import assert from 'node:assert/strict';
import { isGuid, parseCount, parseRows } from '../../../server/src/core/zfs/tab-output';

function check(output: string, rows: readonly string[], problems: readonly string[] = []): void {
  const parsed = parseRows(output, 2);
  assert.deepEqual(
    parsed.rows.map(({ line, fields }) => `${line} ${fields.join('|')}`),
    rows,
  );
  assert.deepEqual(
    parsed.problems.map(({ code, line }) => `${code} ${line}`),
    problems,
  );
}

describe('parseRows', () => {
  it('reads whole rows and reports the rest', () => {
    check('', []);
    check('tank\tONLINE\n', ['1 tank|ONLINE']);
    check('tank\t\n', ['1 tank|']);
    check('tank\nbackup\tONLINE\n', ['2 backup|ONLINE'], ['odd-row 1']);
    check('a\tb\tc\n\n', [], ['odd-row 1', 'odd-row 2']);
    check('tank\tONLINE\nback', ['1 tank|ONLINE'], ['truncated 2']);
    check('tank\tONLINE', [], ['truncated 1']);
  });

  it('keeps numbers that a JS number cannot hold out', () => {
    assert.equal(parseCount('9007199254740991'), 9007199254740991);
    assert.equal(parseCount('17499674476699392629'), undefined);
    assert.equal(parseCount('-'), undefined);
    assert.equal(parseCount('1.5K'), undefined);
    assert.ok(isGuid('17499674476699392629'));
    assert.ok(!isGuid('-'));
  });
});
