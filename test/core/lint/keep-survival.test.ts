import assert from 'node:assert/strict';
import { formatDuration, survivedRuns } from '../../../server/src/core/lint/keep-survival';
import type { Keep } from '../../../server/src/core/policy/policy';
import { simulate } from '../../../server/src/core/simulate/simulate';
import { policyWith, scenario } from '../simulate/scenarios';

const HOUR = 3600;
const DAY = 24 * HOUR;

/** Whether a base that nothing holds outlives so many missed runs, by the simulation. The base is the first run of a Monday. */
function outlives(keep: Keep['keep'], every: number, missed: number): boolean {
  const start = Date.UTC(2029, 0, 1) / 1000;
  const policy = { ...policyWith('    recursive: false\n'), retention: { source: { keep } } };
  const outages = [{ from: every / 2, to: every * (missed + 0.5) }];
  const days = Math.ceil((every * (missed + 2)) / DAY);
  const {
    broken,
    unknown,
    missed: counted,
  } = simulate(scenario({ policy, start, days, every, outages, placesHolds: false }));
  assert.equal(unknown, undefined);
  assert.ok(broken !== undefined || counted === missed, `${counted} missed, not ${missed}`);
  return broken === undefined;
}

const KEEPS: readonly (readonly [keep: Keep['keep'], every: number])[] = [
  [{ hourly: 6 }, HOUR],
  [{ hourly: 6 }, 4 * HOUR],
  [{ hourly: 6 }, HOUR / 2],
  [{ daily: 5 }, HOUR],
  [{ daily: 5 }, DAY],
  [{ daily: 5 }, 2 * DAY],
  [{ hourly: 3, daily: 4 }, DAY],
  [{ hourly: 1 }, DAY],
  [{ weekly: 3 }, 7 * DAY],
  [{ within: 6 * HOUR }, HOUR],
  [{ within: 6 * HOUR + 60 }, HOUR],
  [{ within: 2 * DAY, hourly: 4 }, 6 * HOUR],
];

describe('survivedRuns', () => {
  for (const [keep, every] of KEEPS) {
    it(`is what the simulation finds for ${JSON.stringify(keep)} every ${formatDuration(every)}`, () => {
      const runs = survivedRuns({ keep }, every);
      assert.deepEqual([outlives(keep, every, runs), outlives(keep, every, runs + 1)], [true, false], String(runs));
    });
  }
});
