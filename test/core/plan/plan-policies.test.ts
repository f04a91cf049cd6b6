import assert from 'node:assert/strict';
import { jobOf, plan, planOf } from './notation';
import type { PlanCase } from './notation';

/** Each case: what is there, and the steps or conflicts that follow, one a line. */
type Case = readonly [name: string, one: PlanCase, expected: readonly string[]];

function check(cases: readonly Case[]): void {
  for (const [name, one, expected] of cases) {
    it(name, () => assert.equal(plan(one), expected.join('\n')));
  }
}

const hold = 'hold TAG tank/src@NEW';
const snap = 'snapshot -r tank/src@NEW';

describe('planPolicies', () => {
  describe('one dataset', () => {
    check([
      ['does nothing where nothing is new', { src: '@a1*', dst: '@a1' }, ['up-to-date']],
      ['holds a base that nobody holds', { src: '@a1', dst: '@a1' }, ['hold TAG tank/src@a']],
      [
        'sends a new dataset from its oldest snapshot',
        { src: '@a1 @b2' },
        [
          'hold TAG tank/src@b',
          'send tank/src@a | receive FLAGS backup/dst',
          'send -I @a tank/src@b | receive backup/dst',
        ],
      ],
      [
        'takes the first snapshot of a dataset without one',
        { src: '+' },
        [snap, hold, 'send tank/src@NEW | receive FLAGS backup/dst'],
      ],
      [
        'takes a new anchor only where data was written',
        { src: '@a1* +', dst: '@a1' },
        [snap, hold, 'send -I @a tank/src@NEW | receive backup/dst', 'release TAG tank/src@a (after proof)'],
      ],
      [
        'goes on with the newest snapshot where nothing was written since',
        { src: '@a1* @b2 @c3', dst: '@a1' },
        ['hold TAG tank/src@c', 'send -I @a tank/src@c | receive backup/dst', 'release TAG tank/src@a (after proof)'],
      ],
      [
        'starts from a bookmark with -i, and takes the snapshots between from there',
        { src: '#a1 @b2 @c3*', dst: '@a1' },
        ["send -i '#a' tank/src@b | receive backup/dst", 'send -I @b tank/src@c | receive backup/dst'],
      ],
      [
        'starts from a bookmark to the only newer snapshot',
        { src: '#a1 @b2*', dst: '@a1' },
        ["send -i '#a' tank/src@b | receive backup/dst"],
      ],
      [
        'prefers the snapshot to its bookmark',
        { src: '@a1 #a1 @b2*', dst: '@a1' },
        ['send -I @a tank/src@b | receive backup/dst'],
      ],
      [
        'sends one increment without the snapshots between where the policy says so',
        { src: '@a1 @b2 @c3*', dst: '@a1', policy: '    send: { intermediates: false }\n' },
        ['send -i @a tank/src@c | receive backup/dst'],
      ],
      [
        'makes a new dataset from the anchor alone without intermediates',
        { src: '@a1 @b2*', policy: '    send: { intermediates: false }\n' },
        ['send tank/src@b | receive FLAGS backup/dst'],
      ],
      [
        'knows a snapshot by its guids, whatever its name at the source',
        { src: '@renamed1 @b2*', dst: '@a1' },
        ['send -I @renamed tank/src@b | receive backup/dst'],
      ],
      [
        'keeps older snapshots of the target that the source has pruned',
        { src: '@b2 @c3*', dst: '@a1 @b2' },
        ['send -I @b tank/src@c | receive backup/dst'],
      ],
      [
        'puts a keylocation back that an interrupted run left',
        { src: '@a1*', dst: '@a1 key=file:///k' },
        ['set keylocation=prompt backup/dst'],
      ],
      [
        'puts a property back that somebody changed',
        { src: '@a1*', dst: '@a1 mountpoint=/mnt' },
        ['set mountpoint=none backup/dst'],
      ],
      [
        'releases old bases that are still held',
        { src: '@a1* @b2*', dst: '@a1 @b2' },
        ['release TAG tank/src@a (after proof)'],
      ],
      [
        'does not take -s where the policy wants none',
        { src: '@a1 @b2*', dst: '@a1', policy: '    receive: { resumable: false }\n' },
        ['send -I @a tank/src@b | receive -u backup/dst'],
      ],
    ]);
  });

  describe('resume', () => {
    check([
      [
        'finishes the first stream with the flags that it began with',
        { src: '@a1 @b2', dst: '+ token=a1' },
        ['send -t TOKEN | receive FLAGS backup/dst', '…'],
      ],
      [
        'finishes an increment without flags',
        { src: '@a1 @b2', dst: '@a1 token=b2-a1' },
        ['send -t TOKEN | receive backup/dst', '…'],
      ],
      [
        'finishes an increment from a bookmark',
        { src: '#a1 @b2', dst: '@a1 token=b2-a1' },
        ['send -t TOKEN | receive backup/dst', '…'],
      ],
      [
        'stops at a token whose snapshot is gone',
        { src: '@a1 @c3', dst: '@a1 token=b2-a1' },
        ['stale-token backup/dst'],
      ],
      [
        'stops at a token whose base is gone',
        { src: '@b2 #x9', dst: '@a1 token=b2-a1' },
        ['no-base backup/dst', 'stale-token backup/dst'],
      ],
      [
        'stops at a token whose snapshot was made anew',
        { src: '@a1 @b3', dst: '@a1 token=b2-a1' },
        ['stale-token backup/dst'],
      ],
      [
        'stops at a token that is not raw',
        { src: '@a1 @b2', dst: '@a1 plain-token=b2-a1' },
        ['token-not-raw backup/dst'],
      ],
    ]);
  });

  describe('a tree', () => {
    check([
      [
        'adopts new children from the parent, then sets the keylocation',
        { src: { '': 'root @a1', app: '@a2', vol: 'vol @a3' } },
        [
          'hold TAG tank/src@a tank/src/app@a tank/src/vol@a',
          'send tank/src@a | receive FLAGS backup/dst',
          'send tank/src/app@a | receive FLAGS backup/dst/app',
          'send tank/src/vol@a | receive VOLFLAGS backup/dst/vol',
          'snapshot -r tank/src@NEW-adopt',
          'hold TAG tank/src@NEW-adopt tank/src/app@NEW-adopt tank/src/vol@NEW-adopt',
          'send -R -i @a tank/src@NEW-adopt | receive FLAGS backup/dst',
          'set keylocation=prompt backup/dst',
          'release TAG tank/src@a tank/src/app@a tank/src/vol@a (after proof)',
        ],
      ],
      [
        'adopts nothing where every child is its own root',
        { src: { '': 'root @a1*', app: 'root @a2*' }, dst: { '': 'root @a1' } },
        ['send tank/src/app@a | receive FLAGS backup/dst/app'],
      ],
      [
        'adopts below the nearest parent and brings the rest to the same snapshot',
        {
          src: { '': 'root @a1*', app: '@a2*', 'app/new': '@a3*', db: '@a4*' },
          dst: { '': 'root @a1', app: '@a2', db: '@a4' },
        },
        [
          'send tank/src/app/new@a | receive FLAGS backup/dst/app/new',
          'snapshot -r tank/src@NEW-adopt',
          'hold TAG tank/src@NEW-adopt tank/src/app@NEW-adopt tank/src/app/new@NEW-adopt tank/src/db@NEW-adopt',
          'send -R -i @a tank/src/app@NEW-adopt | receive FLAGS backup/dst/app',
          'send -I @a tank/src@NEW-adopt | receive backup/dst',
          'send -I @a tank/src/db@NEW-adopt | receive backup/dst/db',
          'release TAG tank/src@a tank/src/app@a tank/src/app/new@a tank/src/db@a (after proof)',
        ],
      ],
      [
        'adopts what an earlier run left pending, with no full stream',
        { src: { '': 'root @a1*', app: '@a2*' }, dst: { '': 'root @a1', app: 'root @a2' } },
        [
          'snapshot -r tank/src@NEW-adopt',
          'hold TAG tank/src@NEW-adopt tank/src/app@NEW-adopt',
          'send -R -i @a tank/src@NEW-adopt | receive FLAGS backup/dst',
          'set keylocation=prompt backup/dst',
          'release TAG tank/src@a tank/src/app@a (after proof)',
        ],
      ],
      [
        'sets the keylocation of every root in the adopting stream',
        { src: { '': 'root @a1*', app: '@a2*', own: 'root @a3*' }, dst: { '': 'root @a1', own: 'root @a3' } },
        [
          'send tank/src/app@a | receive FLAGS backup/dst/app',
          'snapshot -r tank/src@NEW-adopt',
          'hold TAG tank/src@NEW-adopt tank/src/app@NEW-adopt tank/src/own@NEW-adopt',
          'send -R -i @a tank/src@NEW-adopt | receive FLAGS backup/dst',
          'set keylocation=prompt backup/dst backup/dst/own',
          'release TAG tank/src@a tank/src/app@a tank/src/own@a (after proof)',
        ],
      ],
      [
        'maps a root above the source to the top of the target',
        { src: { '': 'in=tank @a1*', app: 'in=tank @a2*' }, dst: { '': 'root @a1', app: '@a2' } },
        ['up-to-date'],
      ],
      [
        'names the snapshots one by one and skips what lacks them where children are excluded',
        {
          src: { '': 'root @a1 +', app: '@a2', tmp: 'clear', 'tmp/x': '@a4' },
          policy: '    exclude: [tmp]\n',
          dst: { '': 'root @a1', app: 'root @a2' },
        },
        [
          'snapshot tank/src@NEW tank/src/app@NEW',
          'hold TAG tank/src@NEW tank/src/app@NEW',
          'send -I @a tank/src@NEW | receive backup/dst',
          'send -I @a tank/src/app@NEW | receive backup/dst/app',
          'snapshot tank/src@NEW-adopt tank/src/app@NEW-adopt',
          'hold TAG tank/src@NEW-adopt tank/src/app@NEW-adopt',
          'send -R -s -i @NEW tank/src@NEW-adopt | receive FLAGS backup/dst',
          'set keylocation=prompt backup/dst',
          'release TAG tank/src@NEW tank/src/app@NEW (after proof)',
        ],
      ],
      [
        'takes the top alone where the policy is not recursive',
        { src: { '': 'root @a1* +', app: '@a2' }, dst: 'root @a1', policy: '    recursive: false\n' },
        [
          'snapshot tank/src@NEW',
          'hold TAG tank/src@NEW',
          'send -I @a tank/src@NEW | receive backup/dst',
          'release TAG tank/src@a (after proof)',
        ],
      ],
    ]);
  });

  describe('the digest', () => {
    const first = { src: '@a1* +', dst: '@a1' } as const;

    it('is the same for the same facts at another time', () => {
      assert.equal(planOf(first).digest, planOf(first, '2026-11-24T03:00:00.000Z').digest);
    });

    it('differs when the facts differ', () => {
      assert.notEqual(planOf(first).digest, planOf({ ...first, src: '@a1* @b2 +' }).digest);
      assert.notEqual(planOf(first).digest, planOf({ ...first, dst: '' }).digest);
    });
  });

  it('moves on to the next second where the name is taken at either side', () => {
    const taken = { src: '@a1 @rep-2026-11-23T020000Z2 +', dst: '@a1' } as const;
    const [step] = jobOf(taken).steps;
    assert.ok(step?.kind === 'command');
    assert.equal(step.command.at(-1), 'tank/src@rep-2026-11-23T020001Z');
  });

  it('takes the smallest streams for a thousand children, in commands that a shell can take', () => {
    const children = Array.from({ length: 1000 }, (_, index) => `${'long-name-'.repeat(6)}${index}`);
    const lines = (line: string): Record<string, string> => Object.fromEntries(children.map((child) => [child, line]));
    const job = jobOf({ src: { '': 'root @a1* +', ...lines('@b2') }, dst: { '': 'root @a1', ...lines('@b2') } });
    const lengths = job.steps.map((step) => step.command.join(' ').length);
    assert.ok(Math.max(...lengths) < 131_072);
  });
});
