import assert from 'node:assert/strict';
import { explainStream, saidBy } from '../../../server/src/core/run/explain-failure';
import type { ExecResult } from '../../../server/src/core/run/host';

const stage = (code: number, stderr = ''): ExecResult => ({ code, stdout: '', stderr });

/** The stage that is blamed, or undefined. */
function blamed(send: ExecResult, receive: ExecResult): string | undefined {
  return explainStream({ send, receive, bytes: 0 })?.split(' ended')[0];
}

describe('explainStream', () => {
  it('finds nothing when both stages succeeded', () => assert.equal(blamed(stage(0), stage(0)), undefined));

  it('blames the receive when the send died of its pipe', () => {
    const receive = stage(
      1,
      'cannot receive incremental stream: destination backup/x has been modified\nsince most recent snapshot\n',
    );
    assert.equal(blamed(stage(141), receive), 'zfs receive');
    assert.equal(blamed(stage(0), receive), 'zfs receive');
  });

  it('blames the send when the receive got nothing', () => {
    const receive = stage(1, 'cannot receive: failed to read from stream\n');
    assert.equal(blamed(stage(1, "cannot open 'tank/x@a': dataset does not exist\n"), receive), 'zfs send');
  });

  it('blames the send that failed under a receive that did not', () =>
    assert.equal(blamed(stage(255), stage(0)), 'zfs send'));

  it('keeps what zfs printed beside the explanation', () => {
    const text = explainStream({ send: stage(141), receive: stage(1, 'IV set guid mismatch\n'), bytes: 0 }) ?? '';
    assert.match(text, /non-raw stream went into it/);
    assert.match(text, /IV set guid mismatch/);
  });
});

describe('saidBy', () => {
  it('leaves out sizes, progress and the contents of a token', () => {
    const routine = [
      'resume token contents:',
      'nvlist version: 0',
      '\tobject = 0x80',
      '\ttoname = tank/prod/db@a',
      'full\ttank/prod/db@a\t5033608',
      'size\t5033608',
      '02:00:01\t1234\ttank/prod/db@a',
      "Warning: backup/vol: property 'quota' does not apply to datasets of this type",
    ];
    assert.equal(saidBy(stage(0, `${routine.join('\n')}\n`)), '');
  });

  it('keeps what was not done with exit status 0', () => {
    const text = 'cannot receive canmount property on backup/x: permission denied';
    assert.equal(saidBy(stage(0, `size\t1\n${text}\n`)), text);
  });

  it('is bounded', () => assert.ok(saidBy(stage(1, 'x'.repeat(100_000))).length <= 2000));
});
