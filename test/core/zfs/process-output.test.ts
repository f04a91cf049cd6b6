import assert from 'node:assert/strict';
import { readActiveReceives } from '../../../server/src/core/zfs/process-output';

function check(output: string, expected: readonly (readonly [pid: number, command: string])[]): void {
  assert.deepEqual(
    readActiveReceives(output).map(({ pid, command }) => [pid, command]),
    expected,
  );
}

describe('readActiveReceives', () => {
  it('finds receives by any of their names', () =>
    check('    1 init\n  472 zfs receive -s -u backup/prod/my data\n 9001 /usr/sbin/zfs recv -F backup/x \n', [
      [472, 'zfs receive -s -u backup/prod/my data'],
      [9001, '/usr/sbin/zfs recv -F backup/x'],
    ]));

  it('leaves out what only speaks of one', () =>
    check(
      '10 sudo -n zfs receive backup/x\n11 sh -c zfs receive backup/x\n12 zfs send tank@a\n13 vi zfs receive\n',
      [],
    ));

  it('reads nothing out of nothing', () => check('', []));
});
