import assert from 'node:assert/strict';
import { parseOutage } from '../../../server/src/core/simulate/outage';
import { formatSize } from '../../../server/src/core/simulate/format-size';
import type { Keep } from '../../../server/src/core/policy/policy';
import { prunable } from '../../../server/src/core/plan/retention';

const at = (text: string): number => Date.parse(`${text}Z`) / 1000;

/** Names are the times themselves. */
const left = (times: readonly string[], keep: Keep['keep'], now = at('2026-11-23T01:00')): readonly string[] => {
  const snapshots = times.map((name) => ({ name, creation: at(name) }));
  const gone = new Set(prunable(snapshots, { keep }, now));
  return snapshots.filter((snapshot) => !gone.has(snapshot)).map(({ name }) => name);
};

describe('retention', () => {
  const times = ['2026-11-21T23:10', '2026-11-22T01:00', '2026-11-22T23:50', '2026-11-23T00:10', '2026-11-23T00:50'];

  it('keeps the newest of each of the newest periods', () => {
    assert.deepEqual(left(times, { hourly: 2 }), times.slice(2, 3).concat(times.slice(4)));
    assert.deepEqual(left(times, { daily: 2 }), ['2026-11-22T23:50', '2026-11-23T00:50']);
    assert.deepEqual(left(times, { hourly: 1, daily: 3 }), [
      '2026-11-21T23:10',
      '2026-11-22T23:50',
      '2026-11-23T00:50',
    ]);
  });

  it('begins weeks on Mondays, and months and years by the calendar', () => {
    const sunday = '2026-11-22T12:00';
    const monday = '2026-11-23T00:00';
    assert.deepEqual(left([sunday, monday], { weekly: 2 }), [sunday, monday]);
    assert.deepEqual(left([monday, '2026-11-29T23:00'], { weekly: 2 }), ['2026-11-29T23:00']);
    assert.deepEqual(left(['2026-01-31T23:59', '2026-02-01T00:00'], { monthly: 2 }).length, 2);
    assert.deepEqual(left(['2025-12-31T23:59', '2026-01-01T00:00', '2026-12-31T00:00'], { yearly: 2 }), [
      '2025-12-31T23:59',
      '2026-12-31T00:00',
    ]);
  });

  it('skips periods without a snapshot', () => {
    assert.deepEqual(left(['2026-01-01T00:00', '2026-06-01T00:00'], { daily: 2 }).length, 2);
  });

  it('keeps none of a period with zero', () => assert.deepEqual(left(times, { hourly: 0, daily: 1 }), times.slice(-1)));
});

function check(text: string, expected: object | RegExp): void {
  const parsed = parseOutage(text);
  if (expected instanceof RegExp) assert.match(parsed.ok ? 'it is taken' : parsed.error, expected);
  else assert.deepEqual(parsed, { ok: true, value: expected });
}

describe('parseOutage', () => {
  it('reads a length and the day that it begins on', () => {
    check('3d@5', { from: 4 * 86_400, to: 7 * 86_400 });
    check('90min@1', { from: 0, to: 5400 });
    check('36h@2.5', { from: 1.5 * 86_400, to: 3 * 86_400 });
  });

  it('says what is missing', () => {
    check('3d', /one `@` stands between/);
    check('3d@5@6', /one `@`/);
    check('3@5', /the unit is missing/);
    check('3y@5', /y is no unit/);
    check('3d@0', /days count from 1/);
    check('3d@x', /days count from 1/);
  });
});

describe('formatSize', () => {
  it('is what a policy takes, and never less', () => {
    assert.deepEqual(
      [0, 1, 9999, 10_000, 365 * 2 ** 30 + 1].map((bytes) => formatSize(bytes)),
      [
        { size: '1B', bytes: 1 },
        { size: '1B', bytes: 1 },
        { size: '9999B', bytes: 9999 },
        { size: '10KiB', bytes: 10_240 },
        { size: '366GiB', bytes: 366 * 2 ** 30 },
      ],
    );
  });
});
