import assert from 'node:assert/strict';
import { explainStream, explainUnset, saidBy } from '../../../server/src/core/run/explain-failure';
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

const denied = (property: string): string => `cannot receive ${property} property on backup/a/b: permission denied\n`;

describe('explainUnset', () => {
  const receive = ['zfs', 'receive', '-s', '-u', '-o', 'mountpoint=none', '-x', 'sharenfs', 'backup/a/b'];

  it('is silent where every wanted property was set', () => {
    assert.equal(explainUnset(receive, stage(0)), undefined);
    assert.equal(explainUnset(receive, stage(0, denied('sharenfs'))), undefined);
  });

  it('names what was not set, and everything that has to be delegated', () => {
    const text = explainUnset(receive, stage(0, denied('mountpoint') + denied('sharenfs'))) ?? '';
    assert.match(text, /did not set mountpoint on backup\/a\/b \(permission denied\)/);
    assert.match(text, /`zfs allow USER receive,create,mount,change-key,keylocation,mountpoint,sharenfs backup\/a`/);
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
