import assert from 'node:assert/strict';
import { jobOf, plan } from './notation';
import type { PlanCase } from './notation';

/** All snapshots of the notation are of one hour in 1970, so one period keeps the newest. */
const keeping = (side: string, keep = 'hourly: 1'): string => `    retention: { ${side}: { keep: { ${keep} } } }\n`;
const SOURCE = keeping('source');
const TARGET = keeping('target');

type Case = readonly [name: string, one: PlanCase, expected: readonly string[]];

const CASES: readonly Case[] = [
  [
    'destroys at the source what is not kept, in one command',
    { src: '@rep-a1 @rep-b2 @rep-c3*', dst: '@rep-a1 @rep-b2 @rep-c3', policy: SOURCE },
    ['destroy tank/src@rep-a,rep-b (after proof)'],
  ],
  [
    'destroys at the target what is not kept, though the source has it no more',
    { src: '@rep-c3*', dst: '@rep-a1 @rep-b2 @rep-c3', policy: TARGET },
    ['destroy backup/dst@rep-a,rep-b (after proof)'],
  ],
  ['destroys nothing without a retention', { src: '@rep-a1 @rep-b2*', dst: '@rep-a1 @rep-b2' }, ['up-to-date']],
  [
    'spares what somebody holds',
    { src: '@rep-a1* @rep-b2 @rep-c3*', dst: '@rep-a1 @rep-b2* @rep-c3', policy: SOURCE },
    ['release TAG tank/src@rep-a (after proof)', 'destroy tank/src@rep-b (after proof)'],
  ],
  [
    'spares what is held at the target',
    { src: '@rep-c3*', dst: '@rep-a1* @rep-b2 @rep-c3', policy: TARGET },
    ['destroy backup/dst@rep-b (after proof)'],
  ],
  [
    'spares what does not begin with the prefix',
    { src: '@mine1 @rep-b2 @rep-c3*', dst: '@mine1 @rep-b2 @rep-c3', policy: SOURCE },
    ['destroy tank/src@rep-b (after proof)'],
  ],
  [
    'spares the base that a newer snapshot replaces, held or not, and runs last',
    { src: '@rep-a1 @rep-b2 +', dst: '@rep-a1 @rep-b2', policy: SOURCE },
    [
      'snapshot -r tank/src@NEW',
      'hold TAG tank/src@NEW',
      'send -I @rep-b tank/src@NEW | receive backup/dst',
      'destroy tank/src@rep-a (after proof)',
    ],
  ],
  [
    'spares the base at the target',
    { src: '@rep-a1 @rep-b2* +', dst: '@rep-a1 @rep-b2', policy: TARGET },
    [
      'snapshot -r tank/src@NEW',
      'hold TAG tank/src@NEW',
      'send -I @rep-b tank/src@NEW | receive backup/dst',
      'release TAG tank/src@rep-b (after proof)',
      'destroy backup/dst@rep-a (after proof)',
    ],
  ],
  [
    'leaves what this run brings to the next one',
    { src: '@rep-a1 @rep-b2 @rep-c3*', dst: '@rep-a1', policy: TARGET },
    ['send -I @rep-a tank/src@rep-c | receive backup/dst'],
  ],
  [
    'keeps by age',
    { src: '@rep-a1 @rep-b2 @rep-c3*', dst: '@rep-a1 @rep-b2 @rep-c3', policy: keeping('source', 'within: 9000w') },
    ['up-to-date'],
  ],
  [
    'destroys what is older than the age, and never the snapshot that both sides end with',
    { src: '@rep-a1 @rep-b2 @rep-c3*', dst: '@rep-a1 @rep-b2 @rep-c3', policy: keeping('source', 'within: 1d') },
    ['destroy tank/src@rep-a,rep-b (after proof)'],
  ],
  [
    'leaves a copy alone that nothing at the source stands for any more',
    {
      src: { '': 'root @rep-a1 @rep-b2*' },
      dst: { '': 'root @rep-a1 @rep-b2', gone: '@rep-x3 @rep-y4' },
      policy: TARGET,
    },
    ['destroy backup/dst@rep-a (after proof)'],
  ],
  [
    'leaves an excluded child alone',
    {
      src: { '': 'root @rep-b2*', skip: '@rep-x3 @rep-y4' },
      dst: 'root @rep-b2',
      policy: `    exclude: [skip]\n${SOURCE}`,
    },
    ['up-to-date'],
  ],
];

describe('pruneSteps', () => {
  for (const [name, one, expected] of CASES) it(name, () => assert.equal(plan(one), expected.join('\n')));

  it('spares what a clone was made of', () => {
    const tree = { '': 'root @y-n4*', x: '@y1 @y-n5*' };
    const policy = `    snapshots: { prefix: y }\n${SOURCE}`;
    const dst = { '': 'root @y-n4', x: '@y1 @y-n5' };
    assert.equal(plan({ src: tree, dst, policy }), 'destroy tank/src/x@y (after proof)');
    // The clone of the notation is one of tank/src/x@y.
    const cloned = { src: { ...tree, c: 'clone @y-n6*' }, dst: { ...dst, c: '@y-n6' }, policy };
    assert.equal(plan(cloned), 'up-to-date');
  });

  it('says how many, and which', () => {
    const src = '@rep-a1 @rep-b2 @rep-c3 @rep-d4 @rep-e5*';
    const dst = '@rep-a1 @rep-b2 @rep-c3 @rep-d4 @rep-e5';
    assert.deepEqual(
      jobOf({ src, dst, policy: SOURCE }).steps.map(({ title }) => title),
      ['Destroy 4 snapshots of tank/src that retention.source does not keep: @rep-a to @rep-d'],
    );
  });

  it('cuts a long list into commands that a shell takes', () => {
    const names = Array.from({ length: 3000 }, (_, index) => `@rep-${'long'.repeat(10)}-${index}x${1001 + index}`);
    const { steps } = jobOf({ src: `${names.join(' ')}*`, dst: names.join(' '), policy: SOURCE });
    assert.ok(steps.length > 1);
    const lists = steps.map(({ command }) => command.at(-1)?.split('@')[1]?.split(',') ?? []);
    assert.equal(new Set(lists.flat()).size, 2999);
    for (const { command } of steps) assert.ok(command.join(' ').length < 100_000);
  });
});
