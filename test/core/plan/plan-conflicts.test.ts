import assert from 'node:assert/strict';
import { planPolicies } from '../../../server/src/core/plan/plan-policies';
import { inventories, jobOf, plan, policyFile } from './notation';
import type { PlanCase } from './notation';

const NOW = '2026-11-23T02:00:00.000Z';

const LONG = 'x'.repeat(241);

/** Each case: what is wrong, what is there, and the conflicts that follow. */
const CASES: readonly (readonly [name: string, one: PlanCase, expected: readonly string[]])[] = [
  ['no source', { src: {} }, ['source-missing tank/src']],
  ['a clear source', { src: 'clear @a1' }, ['source-unencrypted tank/src']],
  ['a clear child', { src: { '': 'root @a1', tmp: 'clear @a2' } }, ['clear-child tank/src/tmp']],
  ['a key in the vault', { src: '@a1', dst: '@a1 loaded' }, ['key-loaded backup/dst']],
  [
    'one conflict for each root with a key',
    { src: { '': 'root @a1', app: '@a2' }, dst: { '': 'root @a1 loaded', app: '@a2 loaded' } },
    ['key-loaded backup/dst'],
  ],
  ['a mounted vault', { src: '@a1', dst: '@a1 mounted' }, ['mounted backup/dst']],
  ['a foreign snapshot', { src: '@a1', dst: '@a1 @mine7' }, ['foreign-snapshot backup/dst@mine']],
  ['a base that is gone', { src: '@b2', dst: '@a1' }, ['no-base backup/dst']],
  ['a non-raw receive', { src: '@a1 @b2', dst: '@a1 @b2!' }, ['diverged backup/dst@b']],
  ['the first of several non-raw receives', { src: '@a1 @b2 @c3', dst: '@a1 @b2! @c3!' }, ['diverged backup/dst@b']],
  ['a history that parted', { src: '@a1 @b3', dst: '@a1 @b2' }, ['diverged backup/dst@b']],
  ['a plaintext copy', { src: '@a1', dst: 'clear @a1' }, ['diverged backup/dst@a']],
  ['a target that was written to', { src: '@a1', dst: '@a1 +' }, ['modified backup/dst']],
  [
    'a rollback that the policy allows and no plan does yet',
    { src: '@a1', dst: '@a1 @mine7', policy: '    replica: true\n    receive: { force: rollback }\n' },
    ['unsupported backup/dst@mine'],
  ],
  ['a target that is in the way', { src: '@a1', dst: '' }, ['target-exists backup/dst']],
  [
    'a child in the way',
    { src: { '': 'root @a1', app: '@a2' }, dst: { '': 'root @a1', app: '' } },
    ['target-exists backup/dst/app'],
  ],
  [
    'a child that was renamed',
    { src: { '': 'root @a1', neu: '@a2' }, dst: { '': 'root @a1', old: '@a2' } },
    ['renamed tank/src/neu'],
  ],
  [
    'a clone that its parent cannot open',
    { src: { '': 'root @a1', app: 'root @a2', copy: 'in=tank/src/app @a3 clone' } },
    ['unsupported tank/src/copy'],
  ],
  ['a target that inherits its key', { src: '@a1', dst: 'in=backup @a1' }, ['unsupported backup/dst']],
  [
    'several at once',
    { src: { '': 'root @a1', app: '@a2' }, dst: { '': 'root @a1 loaded', app: '@a2 @mine9' } },
    ['key-loaded backup/dst', 'foreign-snapshot backup/dst/app@mine'],
  ],
  [
    'sends that are not raw',
    { src: '@a1', policy: '    intent: standby\n    send: { raw: false }\n' },
    ['unsupported p'],
  ],
];

describe('conflicts of planPolicies', () => {
  for (const [name, one, expected] of CASES) {
    it(`stops at ${name}`, () => assert.equal(plan(one), expected.join('\n')));
  }

  it('names the snapshot, both ivsetguids and the way back after a non-raw receive', () => {
    const [conflict] = jobOf({ src: '@a1 @b2', dst: '@a1 @b2!' }).conflicts;
    assert.ok(conflict !== undefined);
    for (const part of ['backup/dst@b', '2999', '200', 'non-raw']) assert.ok(conflict.message.includes(part), part);
    assert.ok(conflict.choices.some((choice) => choice.includes('zfs rollback -r backup/dst@a')));
  });

  it('lets a standby have its key', () => {
    const manual = '    intent: standby\n    keys: { load: manual }\n';
    assert.equal(plan({ src: '@a1*', dst: '@a1 loaded', policy: manual }), 'up-to-date');
    assert.equal(
      plan({ src: '@a1*', dst: '@a1 loaded', policy: '    intent: standby\n' }),
      'key-loaded backup/dst',
      'keys are loaded by hand only where the policy says so',
    );
  });

  it('stops while a receive is at work in the tree, and at no other one', () => {
    const { prod, vault } = inventories({ src: { '': 'root @a1*', app: '@a2*' }, dst: { '': 'root @a1', app: '@a2' } });
    assert.ok(prod !== undefined && vault !== undefined);
    const conflictsWith = (command: string): readonly string[] | undefined =>
      planPolicies(
        policyFile(),
        ['p'],
        { prod, vault: { ...vault, receives: [{ pid: 7, command }] } },
        NOW,
      ).jobs[0]?.conflicts.map(({ code, subject }) => `${code} ${subject}`);
    assert.deepEqual(conflictsWith('zfs receive -s -u backup/dst/app'), ['another-run backup/dst/app']);
    assert.deepEqual(conflictsWith('zfs receive -s -u old/backup/dst/app'), []);
    assert.deepEqual(conflictsWith('zfs receive -s -u backup/dst-other'), []);
  });

  it('begins anew beside a copy that was put aside because its history had parted', () => {
    const tree = { '': 'root @a1*', app: '@b2 @d4' };
    assert.equal(plan({ src: tree, dst: { '': 'root @a1', app: '@b2 @c3' } }), 'foreign-snapshot backup/dst/app@c');
    const { conflicts, steps } = jobOf({ src: tree, dst: { '': 'root @a1', 'app-old': '@b2 @c3' } });
    assert.deepEqual(conflicts, []);
    assert.ok(steps.some((step) => step.kind === 'stream' && step.targetDataset === 'backup/dst/app'));
  });

  it('says what to type with names that have blanks, and what it destroys', () => {
    const [conflict] = jobOf({
      src: { '': 'root @a1*', 'my data': '@a2' },
      dst: { '': 'root @a1', 'my data': '@a2 @x8 @y9' },
    }).conflicts;
    const [back, anew] = conflict?.choices ?? [];
    assert.ok(back?.includes("`zfs rollback -r 'backup/dst/my data@a'`, which destroys @y, @x"), back);
    assert.ok(anew?.includes("`zfs rename 'backup/dst/my data' 'backup/dst/my data-old'`"), anew);
  });

  for (const [what, one, expected] of [
    ['a child whose name fits', { src: { '': 'root @a1', [LONG.slice(0, 215)]: '@a2' } }, []],
    [
      'a child that is too long for the snapshot of the adoption',
      { src: { '': 'root @a1', [LONG.slice(0, 216)]: '@a2' } },
      ['backup/dst'],
    ],
    [
      'the same where nothing is adopted any more',
      { src: { '': 'root @a1', [LONG.slice(0, 216)]: '@a2' }, dst: { '': 'root @a1', [LONG.slice(0, 216)]: '@a2' } },
      [],
    ],
    [
      'a child that is too long at both sides',
      { src: { '': 'root @a1', [LONG.slice(0, 230)]: '@a2' } },
      ['tank/src', 'backup/dst'],
    ],
    [
      'a snapshot of somebody else that would arrive',
      { src: { '': 'root @a1', app: `@a2 @${LONG}3 @b4` }, dst: { '': 'root @a1', app: '@a2' } },
      ['backup/dst'],
    ],
    [
      'one that would not arrive',
      {
        src: { '': 'root @a1', app: `@a2 @${LONG}3 @b4` },
        dst: { '': 'root @a1', app: '@a2' },
        policy: '    send: { intermediates: false }\n',
      },
      [],
    ],
  ] satisfies readonly (readonly [string, PlanCase, readonly string[]])[]) {
    it(`counts the names of ${what}`, () => {
      const { conflicts } = jobOf(one);
      const long = conflicts.filter(({ code }) => code === 'name-too-long');
      assert.equal(long.length, conflicts.length);
      assert.deepEqual(
        long.map(({ subject }) => subject.slice(0, subject.indexOf('/', subject.indexOf('/') + 1))),
        expected,
      );
      for (const { subject, message } of long) assert.ok(message.startsWith(`${subject} would be a name of `), message);
    });
  }

  it('names the pool that is missing at the target', () => {
    const { prod, vault } = inventories({ src: '@a1' });
    assert.ok(prod !== undefined && vault !== undefined);
    const { jobs } = planPolicies(policyFile(), ['p'], { prod, vault: { ...vault, datasets: [] } }, prod.takenAt);
    assert.deepEqual(
      jobs[0]?.conflicts.map(({ code, subject }) => `${code} ${subject}`),
      ['target-pool-missing backup'],
    );
  });
});
