import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { parseSendEstimate, parseSendLine } from '../../../server/src/core/zfs/send-output';

const lines = (...rows: readonly string[]): string => rows.map((row) => `${row}\n`).join('');

const summary = (stdout: string, stderr = ''): string => {
  const { parts, size, skipped, problems } = parseSendEstimate(stdout, stderr);
  const shown = parts.map((part) => `${part.from ?? ''}>${part.snapshot}=${part.bytes ?? '?'}`);
  return [...shown, `size ${size}`, ...skipped.map(() => 'skip'), ...problems.map(({ code }) => code)].join(' ');
};

describe('parseSendEstimate', () => {
  it('reads full and incremental parts', () => {
    assert.equal(
      summary(lines('full\ttank/prod@a\t594256', 'full\ttank/prod/db@a\t576848', 'size\t1171104')),
      '>tank/prod@a=594256 >tank/prod/db@a=576848 size 1171104',
    );
    assert.equal(
      summary(
        lines('incremental\ta\ttank/prod@b\t308192', 'incremental\ttank/prod#m\ttank/prod@c\t624', 'size\t308816'),
      ),
      'a>tank/prod@b=308192 tank/prod#m>tank/prod@c=624 size 308816',
    );
    assert.equal(summary(lines('full\ttank/a b@c', 'size\t0')), '>tank/a b@c=? size 0');
  });

  it('reads the estimate of a token behind its contents', () => {
    const contents = ['resume token contents:', 'nvlist version: 0', '\tobject = 0x80', '\trawok = 1'];
    assert.equal(
      summary(lines(...contents, 'full\ttank/prod/db@a\t7006732', 'size\t7006732')),
      '>tank/prod/db@a=7006732 size 7006732',
    );
  });

  it('tells what is skipped', () => {
    const stderr = lines(
      'skipping snapshot tank/prod@b because it was created after the destination snapshot (a)',
      'WARNING: skipping dataset tank/prod/app and its children: snapshot a does not exist',
      'skipping dataset tank/prod/late: snapshot a does not exist',
    );
    assert.equal(summary(lines('full\ttank/prod@a\t594256', 'size\t594256'), stderr).split('skip').length - 1, 3);
    assert.deepEqual(parseSendLine('skipping dataset tank/prod/late: snapshot a does not exist'), {
      kind: 'skipped',
      name: 'tank/prod/late',
      text: 'skipping dataset tank/prod/late: snapshot a does not exist',
    });
  });

  it('reports cut and odd output', () => {
    assert.equal(summary(''), 'size undefined truncated');
    assert.equal(summary('full\ttank@a\t59'), '>tank@a=59 size undefined truncated');
    assert.equal(summary(lines('full\ttank@a\tmany', 'size\tx')), 'size undefined odd-row odd-row truncated');
    assert.equal(summary(lines('full\ttank\t5', 'incremental\ta', 'size\t5')), 'size 5 odd-row odd-row');
  });

  it('never throws', () => {
    const word = fc.constantFrom('full', 'incremental', 'size', '\t', '\n', 'tank@a', '1', '18:00:00', '-');
    fc.assert(fc.property(fc.array(word), (words) => Array.isArray(parseSendEstimate(words.join('')).parts)));
  });
});

describe('parseSendLine', () => {
  it('reads progress', () => {
    assert.deepEqual(parseSendLine('18:58:43\t8939412\ttank/prod/db@a'), {
      kind: 'progress',
      time: '18:58:43',
      bytes: 8939412,
      snapshot: 'tank/prod/db@a',
    });
  });

  it('reads nothing else', () => {
    for (const text of ['', '18:58:43', '18:58:43\t9.15M\ttank@a', '18:58:31   9.15M   tank@a', 'TIME        SENT']) {
      assert.equal(parseSendLine(text), undefined, text);
    }
  });
});
