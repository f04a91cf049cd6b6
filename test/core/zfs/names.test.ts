import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import type { Result } from '../../../server/src/core/result';
import type { NameProblem, NameProblemCode } from '../../../server/src/core/zfs/names';
import {
  bookmarkParts,
  isWithin,
  parentOf,
  parseBookmarkName,
  parseDatasetName,
  parseSnapshotName,
  poolOf,
  rebase,
  snapshotParts,
} from '../../../server/src/core/zfs/names';

type Parse = (text: string) => Result<string, NameProblem>;

/** `expected` is `ok`, or the code and offset of the problem. */
function check(parse: Parse, text: string, expected: 'ok' | `${NameProblemCode} ${number}`): void {
  const parsed = parse(text);
  if (!parsed.ok) assert.ok(!parsed.error.message.endsWith('.'), parsed.error.message);
  assert.equal(parsed.ok ? 'ok' : `${parsed.error.code} ${parsed.error.offset}`, expected, JSON.stringify(text));
}

const name = (length: number): string => `t${'x'.repeat(length - 1)}`;

describe('parseDatasetName', () => {
  it('takes what ZFS takes', () => {
    for (const text of ['tank', 'tank/prod', 'tank/a b', 'T-1_.:x/0/...', 'tank/.hidden', 'logs', 'c0t0']) {
      check(parseDatasetName, text, 'ok');
    }
  });

  it('says what is wrong and where', () => {
    check(parseDatasetName, '', 'empty 0');
    check(parseDatasetName, '/tank', 'leading-slash 0');
    check(parseDatasetName, 'tank/', 'trailing-slash 4');
    check(parseDatasetName, 'tank//a', 'empty-component 5');
    check(parseDatasetName, 'tank/./a', 'dot-component 5');
    check(parseDatasetName, 'tank/a/..', 'dot-component 7');
    check(parseDatasetName, 'tank/pröd', 'bad-character 7');
    check(parseDatasetName, 'tank/a$b', 'bad-character 6');
    check(parseDatasetName, 'tank/a\tb', 'bad-character 6');
    check(parseDatasetName, 'tank/%recv', 'internal-character 5');
    check(parseDatasetName, 'tank/a@b', 'unexpected-delimiter 6');
    check(parseDatasetName, 'tank#b', 'unexpected-delimiter 4');
  });

  it('knows what a pool may be called', () => {
    check(parseDatasetName, '1tank', 'pool-letter 0');
    check(parseDatasetName, '-tank/a', 'pool-letter 0');
    for (const pool of ['mirror', 'mirror2', 'raidz1', 'draid', 'spares', 'log']) {
      check(parseDatasetName, `${pool}/a`, 'pool-reserved 0');
    }
    check(parseDatasetName, 'tank/log', 'ok');
  });

  it('knows the limits', () => {
    check(parseDatasetName, name(239), 'ok');
    check(parseDatasetName, name(240), 'pool-too-long 239');
    check(parseDatasetName, `tank/${name(250)}`, 'ok');
    check(parseDatasetName, `tank/${name(251)}`, 'too-long 255');
    check(parseDatasetName, `t${'/a'.repeat(49)}`, 'ok');
    check(parseDatasetName, `t${'/a'.repeat(50)}`, 'too-deep 0');
  });

  it('never throws', () => {
    for (const parse of [parseDatasetName, parseSnapshotName, parseBookmarkName]) {
      fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => typeof parse(text).ok === 'boolean'));
    }
  });
});

describe('parseSnapshotName and parseBookmarkName', () => {
  it('take a dataset, a delimiter and one component', () => {
    check(parseSnapshotName, 'tank/prod@rep-2024-01-01T00:00:00', 'ok');
    check(parseSnapshotName, 'tank/prod@.', 'ok');
    check(parseBookmarkName, 'tank#b 1', 'ok');
  });

  it('say what is wrong and where', () => {
    check(parseSnapshotName, 'tank/prod', 'missing-delimiter 9');
    check(parseSnapshotName, 'tank#b', 'missing-delimiter 6');
    check(parseBookmarkName, 'tank@b', 'missing-delimiter 6');
    check(parseSnapshotName, 'tank@', 'empty-component 5');
    check(parseSnapshotName, '@a', 'empty 0');
    check(parseSnapshotName, 'tank/@a', 'trailing-slash 4');
    check(parseSnapshotName, 'tank@a@b', 'unexpected-delimiter 6');
    check(parseSnapshotName, 'tank@a#b', 'unexpected-delimiter 6');
    check(parseSnapshotName, 'tank@a/b', 'bad-character 6');
    check(parseSnapshotName, 'tank@a%b', 'internal-character 6');
    check(parseSnapshotName, `tank/${name(248)}@a`, 'ok');
    check(parseSnapshotName, `tank/${name(249)}@a`, 'too-long 255');
  });
});

describe('parts of names', () => {
  it('are found', () => {
    assert.equal(poolOf('tank/a@b'), 'tank');
    assert.equal(poolOf('tank@b'), 'tank');
    assert.equal(parentOf('tank/a/b'), 'tank/a');
    assert.equal(parentOf('tank'), undefined);
    assert.deepEqual(snapshotParts('tank/a@b'), { dataset: 'tank/a', name: 'b' });
    assert.equal(snapshotParts('tank/a#b'), undefined);
    assert.deepEqual(bookmarkParts('tank/a#b'), { dataset: 'tank/a', name: 'b' });
  });

  it('tell what lies within what', () => {
    assert.ok(isWithin('tank/a', 'tank/a'));
    assert.ok(isWithin('tank/a/b', 'tank/a'));
    assert.ok(!isWithin('tank/ab', 'tank/a'));
    assert.ok(!isWithin('tank', 'tank/a'));
  });

  it('move with their dataset', () => {
    assert.equal(rebase('tank/prod/db', 'tank/prod', 'backup/prod'), 'backup/prod/db');
    assert.equal(rebase('tank/prod', 'tank/prod', 'backup/x'), 'backup/x');
    assert.throws(() => rebase('tank/product', 'tank/prod', 'backup'), /not within/);
  });
});
