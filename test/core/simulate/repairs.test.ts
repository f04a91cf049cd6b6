import assert from 'node:assert/strict';
import { findRepairs } from '../../../server/src/core/simulate/repairs';
import type { Repairs } from '../../../server/src/core/simulate/repairs';
import type { Scenario } from '../../../server/src/core/simulate/scenario';
import { simulate } from '../../../server/src/core/simulate/simulate';
import { outage, policyWith, scenario } from './scenarios';

function repairsOf(broken: Scenario): Repairs {
  const simulation = simulate(broken);
  assert.ok(simulation.broken);
  return findRepairs(broken, simulation.broken);
}

const found = ({ found: all }: Repairs): readonly unknown[] =>
  all.map(({ kind, period, count, size }) => [kind, period ?? size, count].filter((part) => part !== undefined));

/** Does the chain hold when this many are kept at the source? */
function survives(broken: Scenario, keep: Readonly<Record<string, number>>): boolean {
  const { policy } = broken;
  return simulate({ ...broken, policy: { ...policy, retention: { source: { keep } } } }).broken === undefined;
}

describe('what prevents a break', () => {
  const unheld = scenario({ outages: [outage('5d@4')], placesHolds: false });

  it('is a hold, a bookmark, or the smallest retention that does', () => {
    assert.deepEqual(found(repairsOf(unheld)), [
      ['hold'],
      ['bookmark'],
      ['retention', 'hourly', 31],
      ['retention', 'daily', 6],
    ]);
    assert.deepEqual(
      [survives(unheld, { hourly: 30, daily: 4 }), survives(unheld, { hourly: 31, daily: 4 })],
      [false, true],
    );
    assert.deepEqual(
      [survives(unheld, { hourly: 12, daily: 5 }), survives(unheld, { hourly: 12, daily: 6 })],
      [false, true],
    );
  });

  it('looks further when a later outage needs more', () => {
    const twice = { ...unheld, days: 20, outages: [outage('5d@4'), outage('7d@12')] };
    assert.deepEqual(found(repairsOf(twice)), [
      ['hold'],
      ['bookmark'],
      ['retention', 'hourly', 43],
      ['retention', 'daily', 8],
    ]);
  });

  it('does not claim what was tried in vain', () => {
    const { failing } = repairsOf(scenario({ outages: [outage('3d@4.5')], placesHolds: false }));
    assert.deepEqual(failing, [{ kind: 'retention', period: 'daily', count: 9, now: 4 }]);
  });

  it('does not try to keep less than is kept', () => {
    const policy = policyWith('    retention: { source: { keep: { hourly: 12, daily: 400 } } }\n');
    const { found: all, failing } = repairsOf(scenario({ policy, outages: [outage('3d@4.5')], placesHolds: false }));
    assert.deepEqual([all.map(({ kind }) => kind), failing], [['hold', 'bookmark', 'retention'], []]);
  });

  it('says what the held base costs', () => {
    const [hold] = repairsOf(unheld).found;
    assert.equal(hold?.mostSent, (5 * 24 + 4) * 3600 * 1024);
  });

  it('is a larger guard where that is what refuses', () => {
    const guarded = scenario({
      policy: policyWith('    guard: { maxEstimate: 100MiB }\n'),
      outages: [outage('3d@3'), outage('4d@7')],
      days: 12,
    });
    const repairs = repairsOf(guarded);
    const size = repairs.found[0]?.size ?? '';
    assert.deepEqual([repairs.found.length, repairs.failing], [1, []]);
    assert.match(size, /^3\d\dMiB$/);
    const at = (maxEstimate: number): boolean =>
      simulate({ ...guarded, policy: { ...guarded.policy, guard: { maxEstimate } } }).broken === undefined;
    const bytes = Number.parseInt(size, 10) * 2 ** 20;
    assert.deepEqual([at(bytes - 2 ** 20), at(bytes)], [false, true]);
  });

  it('is nothing that can be tried where the plan does not begin', () => {
    const policy = { ...policyWith(), target: { host: 'vault', dataset: 'backup' } };
    assert.deepEqual(repairsOf(scenario({ policy })), { found: [], failing: [] });
  });
});
