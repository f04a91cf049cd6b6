import assert from 'node:assert/strict';
import { formatBytes } from '../../client/src/progress';
import type { RunState } from '../../client/src/run-progress';
import { LOOKING, describe as describeState, follow, percentOfRun } from '../../client/src/run-progress';
import type { RunEvent } from '../../server/src/protocol';

const START = Date.parse('2026-01-01T00:00:00.000Z');
const MIB = 1024 * 1024;

type Body = RunEvent extends infer E ? (E extends RunEvent ? Omit<E, 'schema' | 'time' | 'policy'> : never) : never;

/** The events of a run, each with the second at which it happens. */
function check(events: readonly (readonly [second: number, body: Body])[], text: string, percent?: number): void {
  let state: RunState = LOOKING;
  let now = START;
  for (const [second, body] of events) {
    now = START + second * 1000;
    state = follow(state, { schema: 1, policy: 'p', time: new Date(now).toISOString(), ...body });
  }
  assert.equal(describeState(state, now), text);
  assert.equal(percentOfRun(state), percent);
}

describe('the progress of a run', () => {
  const planned: Body = { kind: 'planned', digest: 'd', steps: 2, bytes: 100 * MIB };
  const first: Body = { kind: 'step-started', step: 's1', title: 'Send a', bytes: 40 * MIB };
  const second: Body = { kind: 'step-started', step: 's2', title: 'Send b', bytes: 60 * MIB };
  const at = (step: string, mebibytes: number, total?: number): Body => ({
    kind: 'progress',
    step,
    bytes: mebibytes * MIB,
    ...(total === undefined ? {} : { total: total * MIB }),
  });

  it('begins with a look', () => check([], 'looking at both hosts'));

  it('names the step before bytes flow', () =>
    check(
      [
        [0, planned],
        [1, first],
      ],
      'step 1 of 2 · Send a',
      0,
    ));

  it('has bytes, percent, rate and what is left', () =>
    check(
      [
        [0, planned],
        [1, first],
        [3, at('s1', 10)],
      ],
      '10.0 MiB of 40.0 MiB · 25 % · 5.0 MiB/s · 00:06 left · step 1 of 2 · Send a',
      10,
    ));

  it('counts the steps before', () =>
    check(
      [
        [0, planned],
        [1, first],
        [9, at('s1', 40)],
        [9, second],
        [11, at('s2', 20)],
      ],
      '20.0 MiB of 60.0 MiB · 33 % · 10.0 MiB/s · 00:04 left · step 2 of 2 · Send b',
      60,
    ));

  it('believes a better total, and never says 100 before the end', () =>
    check(
      [
        [0, planned],
        [1, first],
        [2, at('s1', 120, 120)],
      ],
      '120.0 MiB of 120.0 MiB · 99 % · 120.0 MiB/s · step 1 of 2 · Send a',
      99,
    ));

  it('says hours where it takes hours', () =>
    check(
      [
        [0, planned],
        [0, { ...first, bytes: 7201 * MIB }],
        [1, at('s1', 1)],
      ],
      '1.0 MiB of 7.0 GiB · 0 % · 1.0 MiB/s · 2:00:00 left · step 1 of 2 · Send a',
      1,
    ));

  it('ends with what the run says', () =>
    check(
      [
        [0, planned],
        [1, { kind: 'finished', outcome: 'done', message: 'proven' }],
      ],
      'proven',
    ));
});

describe('formatBytes', () => {
  for (const [bytes, text] of [
    [0, '0 B'],
    [1023, '1023 B'],
    [1024, '1.0 KiB'],
    [1.5 * 1024 ** 4, '1.5 TiB'],
  ] as const) {
    it(text, () => assert.equal(formatBytes(bytes), text));
  }
});
