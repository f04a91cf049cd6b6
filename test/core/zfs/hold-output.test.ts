import assert from 'node:assert/strict';
import { parseHoldOutput } from '../../../server/src/core/zfs/hold-output';

const lines = (...rows: readonly string[]): string => rows.map((row) => `${row}\n`).join('');

describe('parseHoldOutput', () => {
  it('collects the tags of each snapshot', () => {
    const output = lines(
      'tank@b\trawsend:x:y\tMon Nov 23 03:27 2026',
      'tank/db@b\tmy tag\tMon Nov 23 03:27 2026',
      'tank/db@b\ta\tMon Nov 23 03:27 2026',
    );
    assert.deepEqual(Object.fromEntries(parseHoldOutput(output).holds), {
      'tank@b': ['rawsend:x:y'],
      'tank/db@b': ['a', 'my tag'],
    });
  });
});
