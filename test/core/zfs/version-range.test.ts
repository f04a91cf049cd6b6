import assert from 'node:assert/strict';
import { rangeHolds } from '../../../server/src/core/zfs/version-range';
import { VERSION_HAZARDS, hazardOf } from '../../../server/src/core/zfs/version-hazards';

describe('rangeHolds', () => {
  const before = { before: '2.2.8' };
  const between = { from: '2.3.0', before: '2.3.3' };
  const cases = [
    ['2.2.7', before, 'yes'],
    ['2.2.8', before, 'no'],
    ['2.1', before, 'yes'],
    ['2.2', before, 'maybe'],
    ['2.3', before, 'no'],
    ['2.2.9', between, 'no'],
    ['2.3.0', between, 'yes'],
    ['2.3', between, 'maybe'],
    ['2.3.3', between, 'no'],
    ['2.4', between, 'no'],
    ['2.4.0-rc1', { from: '2.4.0', before: '2.4.1' }, 'yes'],
    ['2.10.0', { from: '2.9.0' }, 'yes'],
  ] as const;
  for (const [version, range, expected] of cases) {
    it(`${version} in ${JSON.stringify(range)}: ${expected}`, () => assert.equal(rangeHolds(version, range), expected));
  }
});

describe('hazards by version', () => {
  it('are each found for a release that has them, and name a report', () => {
    for (const { id, affected, reference } of VERSION_HAZARDS) {
      const [range] = affected;
      assert.ok(range && hazardOf(id, range.from ?? '2.1.11')?.sure, id);
      assert.match(reference, /^openzfs\/zfs#\d+$/);
    }
  });
});
