import assert from 'node:assert/strict';
import { formatDuration } from '../../../server/src/core/lint/keep-survival';
import { parseCron } from '../../../server/src/core/policy/cron';
import { intervalOf } from '../../../server/src/core/policy/interval';

const CASES: readonly (readonly [cron: string, shortest: string, longest: string])[] = [
  ['0 2 * * *', '1d', '1d'],
  ['*/15 * * * *', '15min', '15min'],
  ['0 2,3 * * *', '1h', '23h'],
  ['*/15 * * * mon-fri', '15min', '2895min'],
  ['0 3 * * sun', '7d', '7d'],
  ['0 2 * * mon,fri', '3d', '4d'],
  ['0 3 1 * *', '28d', '31d'],
  // Whatever comes on many days of one part of the year.
  ['0 2 * 3 *', '1d', '335d'],
  ['*/5 * * 3 *', '5min', '480965min'],
  ['0 2 29 2 *', '1461d', '1461d'],
];

describe('intervalOf', () => {
  it('is what `every` says', () =>
    assert.deepEqual(intervalOf({ every: 3600, zone: 'UTC' }), { shortest: 3600, longest: 3600 }));

  it('is unknown without a time', () => assert.equal(intervalOf({ zone: 'UTC' }), undefined));

  for (const [text, shortest, longest] of CASES) {
    it(`is from ${shortest} to ${longest} for ${text}`, () => {
      const cron = parseCron(text);
      assert.ok(cron.ok);
      const found = intervalOf({ cron: cron.value, zone: 'UTC' });
      assert.deepEqual(found && [found.shortest, found.longest].map(formatDuration), [shortest, longest]);
    });
  }
});
