import assert from 'node:assert/strict';
import { isDue, oldestAllowed } from '../../../server/src/core/plan/schedule';
import { windowConflicts } from '../../../server/src/core/plan/window';
import type { Policy, Schedule } from '../../../server/src/core/policy/policy';
import { plan, policyFile } from './notation';

const at = (text: string): number => Date.parse(`${text}Z`) / 1000;

function policyOf(more: string): Policy {
  const policy = policyFile(more).policies['p'];
  assert.ok(policy);
  return policy;
}

function scheduleOf(text: string): Schedule {
  const { schedule } = policyOf(`    schedule: { ${text} }\n`);
  assert.ok(schedule);
  return schedule;
}

const isClosed = (policy: Policy, time: string): boolean => windowConflicts(policy, `${time}:00Z`).length > 0;

describe('a schedule', () => {
  const hourly = scheduleOf('every: 1h');
  const nightly = scheduleOf('cron: "0 2 * * *"');
  const now = at('2026-11-23T02:00');

  it('is due half its time before, or at the time of its cron', () => {
    assert.equal(isDue(hourly, now - 29 * 60, now), false);
    assert.equal(isDue(hourly, now - 31 * 60, now), true);
    assert.equal(isDue(nightly, at('2026-11-22T02:00:05'), now - 1), false);
    assert.equal(isDue(nightly, at('2026-11-22T02:00:05'), now), true);
  });

  it('allows one run to be missing', () => {
    assert.equal(oldestAllowed(hourly, now).time, now - 7200);
    assert.equal(oldestAllowed(nightly, now).time, at('2026-11-22T02:00'));
    assert.equal(oldestAllowed(nightly, now - 1).time, at('2026-11-21T02:00'));
  });

  it('counts in its zone', () => {
    const berlin = scheduleOf('cron: "0 2 * * *", zone: Europe/Berlin');
    assert.equal(oldestAllowed(berlin, at('2026-11-23T01:30')).time, at('2026-11-22T01:00'));
  });

  it('asks for a snapshot although nothing was written, once the last one is old', () => {
    const [src, dst] = ['@rep-a1*', '@rep-a1'];
    assert.equal(plan({ src, dst }), 'up-to-date');
    assert.match(plan({ src, dst, policy: '    schedule: { every: 1h }\n' }), /^snapshot -r tank\/src@NEW\n/);
  });
});

describe('windowConflicts', () => {
  const night = policyOf('    window: { from: "22:00", to: "06:00" }\n');
  const day = policyOf('    window: { from: "09:00", to: "17:00", zone: Europe/Berlin }\n');

  it('is open from its beginning up to its end, over midnight too', () => {
    for (const time of ['22:00', '23:59', '00:00', '05:59'])
      assert.equal(isClosed(night, `2026-11-23T${time}`), false, time);
    for (const time of ['06:00', '12:00', '21:59']) assert.equal(isClosed(night, `2026-11-23T${time}`), true, time);
    for (const time of ['08:00', '15:59']) assert.equal(isClosed(day, `2026-11-23T${time}`), false, time);
    for (const time of ['07:59', '16:00']) assert.equal(isClosed(day, `2026-11-23T${time}`), true, time);
  });

  it('says when it opens, and how to run all the same', () => {
    const [conflict] = windowConflicts(night, '2026-11-23T12:10:00Z');
    assert.match(conflict?.message ?? '', /it is 12:10 \(UTC\), and window lets runs begin from 22:00 to 06:00/);
    assert.deepEqual(conflict?.choices, [
      'Wait: it opens at 2026-11-23T22:00Z',
      'Run all the same: `rawsend run --any-time p`',
    ]);
    assert.match(windowConflicts(day, '2026-11-23T18:00:00Z')[0]?.choices[0] ?? '', /2026-11-24T08:00Z/);
  });
});
