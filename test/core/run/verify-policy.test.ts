import assert from 'node:assert/strict';
import { provePolicy, verifyPolicy } from '../../../server/src/core/run/verify-policy';
import { inventories, policyFile } from '../plan/notation';
import type { PlanCase } from '../plan/notation';

/** The ids of the checks that fail. */
function failing(one: PlanCase): readonly string[] {
  const checks = verifyPolicy(policyFile(one.policy), 'p', inventories(one));
  return checks.filter(({ ok }) => !ok).map(({ id, dataset }) => (dataset === 'backup/dst' ? id : `${id} ${dataset}`));
}

const CASES: readonly (readonly [string, PlanCase, readonly string[]])[] = [
  ['a vault as it should be', { src: '@a1*', dst: '@a1' }, []],
  ['a vault that is behind the source', { src: '@a1* @b2 +', dst: '@a1' }, []],
  ['a missing dataset', { src: '@a1*' }, ['exists']],
  ['a missing child', { src: { '': 'root @a1*', app: '@a2*' }, dst: 'root @a1' }, ['exists backup/dst/app']],
  ['another ivsetguid', { src: '@a1* @b2', dst: '@a1 @b2!' }, ['snapshot-lineage', 'no-foreign-snapshots']],
  ['another ivsetguid below a shared snapshot', { src: '@a1 @b2*', dst: '@a1! @b2' }, ['snapshot-lineage']],
  [
    'another guid under the same name',
    { src: '@a1* @b2', dst: '@a1 @b3' },
    ['snapshot-lineage', 'no-foreign-snapshots'],
  ],
  [
    'plaintext',
    { src: '@a1*', dst: 'clear @a1' },
    ['snapshot-lineage', 'encrypted', 'encryption-root', 'key-not-loaded', 'no-foreign-snapshots'],
  ],
  ['a loaded key', { src: '@a1*', dst: '@a1 loaded' }, ['key-not-loaded']],
  ['a mount', { src: '@a1*', dst: '@a1 mounted' }, ['not-mounted']],
  ['a mountpoint', { src: '@a1*', dst: '@a1 mountpoint=/mnt' }, ['not-mountable']],
  ['a place of the key', { src: '@a1*', dst: '@a1 key=file:///k' }, ['key-location']],
  ['data written', { src: '@a1*', dst: '@a1 +' }, ['not-modified']],
  ['a token', { src: '@a1* @b2', dst: '@a1 token=b2-a1' }, ['no-resume-token']],
  ['a foreign snapshot', { src: '@a1*', dst: '@a1 @mine9' }, ['no-foreign-snapshots']],
  ['no hold', { src: '@a1', dst: '@a1' }, ['base-held']],
  [
    'a child that is its own root',
    { src: { '': 'root @a1*', app: '@a2*' }, dst: { '': 'root @a1', app: 'root @a2' } },
    ['encryption-root backup/dst/app'],
  ],
  [
    'a child that lags behind its root',
    { src: { '': 'root @a1 @b3*', app: '@a2* @b4' }, dst: { '': 'root @a1 @b3', app: '@a2' } },
    ['same-snapshot-in-root backup/dst/app'],
  ],
  [
    'a standby with its key, mounted',
    { src: '@a1*', dst: '@a1 loaded mounted', policy: '    intent: standby\n    keys: { load: manual }\n' },
    [],
  ],
  [
    'a volume, which cannot be mounted',
    { src: { '': 'root @a1*', vol: 'vol @a2*' }, dst: { '': 'root @a1', vol: 'vol @a2' } },
    [],
  ],
  ['a missing source', { src: {}, dst: '@a1' }, ['source-exists tank/src']],
];

describe('verifyPolicy', () => {
  for (const [name, one, expected] of CASES) {
    it(`finds ${expected.length === 0 ? 'nothing wrong with' : ''} ${name}`, () =>
      assert.deepEqual(failing(one), expected));
  }

  it('holds the newest snapshot against what a run meant to bring', () => {
    const one = { src: '@a1*', dst: '@a1' };
    const expectation = { source: 'tank/src', target: 'backup/dst', kind: 'filesystem', snapshot: 'b' } as const;
    const checks = provePolicy(policyFile(), 'p', inventories(one), [expectation]);
    assert.deepEqual(
      checks.filter(({ ok }) => !ok).map(({ id, expected, found }) => `${id} ${expected} ${found}`),
      ['newest-snapshot @b @a'],
    );
  });

  it('says of every check what it proves', () => {
    const checks = verifyPolicy(policyFile(), 'p', inventories({ src: '@a1*', dst: '@a1' }));
    assert.ok(checks.every(({ proves }) => proves.length > 20));
  });
});
