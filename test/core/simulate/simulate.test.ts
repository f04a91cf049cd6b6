import assert from 'node:assert/strict';
import { simulate } from '../../../server/src/core/simulate/simulate';
import type { Scenario } from '../../../server/src/core/simulate/scenario';
import type { Break } from '../../../server/src/core/simulate/simulation';
import { outage, policyWith, scenario } from './scenarios';

const DAY = 86_400;

function breakOf(more: Partial<Scenario>): Break {
  const { broken, unknown } = simulate(scenario(more));
  assert.ok(broken, unknown ?? 'it holds');
  return broken;
}

describe('simulate', () => {
  it('runs a policy by its interval, prunes both sides and ends with what retention keeps', () => {
    const { days, done, missed, broken, unknown, savedByHold, longestLag } = simulate(scenario());
    assert.deepEqual([done, missed, broken, unknown, savedByHold], [60, 0, undefined, undefined, []]);
    assert.equal(longestLag, 4 * 3600);
    assert.equal(days.length, 10);
    // 12 hours with a snapshot are two days of six, and two days more; at the target one a day.
    assert.deepEqual(days.at(-1), {
      day: 10,
      done: 6,
      missed: 0,
      sourceSnapshots: 14,
      targetSnapshots: 10,
      lag: 4 * 3600,
      behind: 4 * 3600 * 1024,
      hasOutage: false,
    });
  });

  it('keeps its base through an outage by its hold, and catches up', () => {
    const { days, done, missed, broken, savedByHold, longestLag, mostSent } = simulate(
      scenario({ outages: [outage('3d@4.5')] }),
    );
    assert.deepEqual([done, missed, broken], [42, 18, undefined]);
    assert.deepEqual(savedByHold, ['tank/prod@rep-2026-11-26T080000Z', 'tank/prod/data@rep-2026-11-26T080000Z']);
    assert.equal(longestLag, 3 * DAY + 4 * 3600);
    assert.equal(mostSent, longestLag * 1024);
    assert.deepEqual(
      days.map(({ missed: each, hasOutage }) => [each, hasOutage]),
      [
        [0, false],
        [0, false],
        [0, false],
        [3, true],
        [6, true],
        [6, true],
        [3, true],
        [0, false],
        [0, false],
        [0, false],
      ],
    );
  });

  it('names the base that was destroyed, when, and when a run notices', () => {
    const { day, noticedDay, at, noticedAt, code, lost } = breakOf({
      outages: [outage('3d@4.5')],
      placesHolds: false,
    });
    // Twelve hours with a snapshot later it is the oldest; of its day, a later one is kept.
    assert.deepEqual(lost, {
      snapshot: 'tank/prod@rep-2026-11-26T080000Z',
      takenAt: 3.5 * DAY - 4 * 3600,
      at: 3.5 * DAY - 4 * 3600 + 2 * DAY,
    });
    assert.equal(at, lost?.at);
    assert.deepEqual([day, noticedDay, noticedAt], [6, 7, 6.5 * DAY]);
    assert.equal(code, 'no-base');
  });

  it('ends with the day on which a run is refused', () => {
    const { days } = simulate(scenario({ outages: [outage('3d@4.5')], placesHolds: false }));
    assert.deepEqual([days.length, days.at(-1)?.done], [7, 0]);
  });

  it('says what the planner says where an older snapshot is left', () => {
    const policy = policyWith('    retention: { source: { keep: { hourly: 12, daily: 9 } } }\n');
    const { code, message } = breakOf({ policy, outages: [outage('3d@4.5')], placesHolds: false });
    assert.equal(code, 'foreign-snapshot');
    assert.match(message, /^backup\/prod@\S+ \(and 2 more\) came after .*\(@rep-2026-11-25T200000Z\)/);
  });

  it('finds a chain broken in an outage that lasts to the end', () => {
    const { code, noticedAt } = breakOf({ outages: [outage('9w@4')], placesHolds: false });
    assert.deepEqual([code, noticedAt], ['no-base', 10 * DAY]);
  });

  it('goes on from a bookmark where the base is gone', () => {
    const { broken, done } = simulate(scenario({ outages: [outage('6d@4')], placesHolds: false, keepsBookmark: true }));
    assert.deepEqual([broken, done], [undefined, 24]);
  });

  it('survives several outages', () => {
    const { broken, missed } = simulate(scenario({ outages: [outage('1d@3'), outage('36h@6')] }));
    assert.deepEqual([broken, missed], [undefined, 6 + 9]);
  });

  it('prunes nothing without retention', () => {
    const { days, savedByHold } = simulate(scenario({ policy: policyWith(''), days: 3 }));
    const { sourceSnapshots, targetSnapshots } = days.at(-1) ?? {};
    // The first run takes two: its own, and the one that gives the child its encryption root.
    assert.deepEqual([sourceSnapshots, targetSnapshots, savedByHold], [19, 19, []]);
  });

  it('is stopped by the guard when too much has gathered', () => {
    const policy = policyWith('    guard: { maxEstimate: 100MiB }\n');
    const { code, day, bytes, lost } = breakOf({ policy, outages: [outage('3d@4')] });
    assert.deepEqual([code, day, lost], ['guard', 7, undefined]);
    assert.ok(bytes > 3 * DAY * 1024 && bytes < 3.5 * DAY * 1024, String(bytes));
  });

  it('says on the first day what the planner cannot do', () => {
    const policy = { ...policyWith(), target: { host: 'vault', dataset: 'backup' } };
    const { code, day, choices } = breakOf({ policy });
    assert.deepEqual([code, day], ['mounted', 1]);
    assert.ok(choices.length > 0);
  });

  it('says what the model does not know', () => {
    const { unknown, broken } = simulate(
      scenario({ policy: policyWith('    receive: { set: { mountpoint: none, overlay: "off" } }\n') }),
    );
    assert.equal(broken, undefined);
    assert.match(unknown ?? '', /the model does not know the property overlay/);
  });

  it('plays a policy of one dataset, and one between datasets of one host', () => {
    assert.equal(simulate(scenario({ policy: policyWith('    recursive: false\n'), days: 2 })).done, 12);
    const local = { ...policyWith(), target: { host: 'prod', dataset: 'tank/copy' } };
    assert.equal(simulate(scenario({ policy: local, days: 2 })).done, 12);
  });

  it('takes intervals of days', () => {
    const { days, done } = simulate(scenario({ every: 3 * DAY }));
    assert.equal(done, 4);
    assert.deepEqual(
      days.map((day) => day.done),
      [1, 0, 0, 1, 0, 0, 1, 0, 0, 1],
    );
  });
});
