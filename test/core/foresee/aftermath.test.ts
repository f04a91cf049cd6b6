import assert from 'node:assert/strict';
import { foreseePlan } from '../../../server/src/core/foresee/foresee-plan';
import { readState } from '../../../server/src/core/foresee/read-state';
import type { State } from '../../../server/src/core/model/state';
import { write } from '../../../server/src/core/model/write';
import type { Afterwards } from '../../../server/src/core/plan/afterwards';
import { planDigest } from '../../../server/src/core/plan/digest';
import { formatPlan } from '../../../server/src/core/plan/format-plan';
import type { Job, Step } from '../../../server/src/core/plan/plan';
import { inventories, planOf } from '../plan/notation';
import type { PlanCase } from '../plan/notation';
import { NOW, replica, run } from './states';
import { commandStep, jobWith, streamStep } from './steps';

const createdAt = new Date(NOW * 1000).toISOString();

function foreseen(state: State, steps: readonly Step[]): { readonly after: Afterwards; readonly text: string } {
  const inventory = readState(state, { host: 'prod', roots: ['tank', 'backup'] });
  // A real host knows what a snapshot alone keeps; the model does not.
  const datasets = inventory.datasets.map((dataset) => ({
    ...dataset,
    snapshots: dataset.snapshots.map((snapshot) => ({ ...snapshot, used: 2048 })),
  }));
  const plan = { schema: 1 as const, createdAt, digest: '', jobs: [jobWith(steps)] };
  const seen = foreseePlan(plan, { prod: { ...inventory, datasets } });
  const after = seen.jobs[0]?.afterwards;
  assert.ok(after);
  return { after, text: formatPlan(seen) };
}

const afterwardsOf = (one: PlanCase): Job => {
  const [job] = foreseePlan(planOf(one), inventories(one)).jobs;
  assert.ok(job);
  return job;
};

/** Unmounted and locked, as a vault is; what is written there, is written by somebody who should not. */
const touched = (): State =>
  run(
    replica(),
    'zfs snapshot backup/prod@mine',
    'zfs snapshot -r backup/prod/db@other',
    'zfs create -o encryption=off -o mountpoint=none backup/prod/stray',
  );

const FORCED = streamStep('s1', 'zfs send -w -I @a tank/prod@b', 'zfs receive -F -u backup/prod');

describe('the state after a plan', () => {
  it('tells what the target holds, dataset by dataset', () => {
    const { afterwards } = afterwardsOf({ src: { '': 'root @a1* +', db: '@a2* +' }, dst: 'root @a1' });
    assert.deepEqual(afterwards?.target, [
      {
        name: 'backup/dst',
        isNew: false,
        newestSnapshot: 'rep-2026-11-23T020000Z-adopt',
        snapshots: 3,
        newSnapshots: 2,
        encryptionRoot: 'backup/dst',
        keyStatus: 'unavailable',
        keyLocation: 'prompt',
        mounted: false,
      },
      {
        name: 'backup/dst/db',
        isNew: true,
        newestSnapshot: 'rep-2026-11-23T020000Z-adopt',
        snapshots: 3,
        newSnapshots: 3,
        encryptionRoot: 'backup/dst',
        keyStatus: 'unavailable',
        mounted: false,
      },
    ]);
  });

  it('tells which snapshots and holds change at the source', () => {
    const { afterwards } = afterwardsOf({ src: '@a1* +', dst: '@a1' });
    assert.deepEqual(afterwards?.source, {
      snapshots: ['tank/src@rep-2026-11-23T020000Z'],
      holds: [{ tag: 'rawsend:p:vault', snapshot: 'tank/src@rep-2026-11-23T020000Z' }],
      releases: [{ tag: 'rawsend:p:vault', snapshot: 'tank/src@a' }],
    });
  });

  it('is no part of the digest', () => {
    const plan = planOf({ src: '@a1* +', dst: '@a1' });
    const seen = foreseePlan(plan, inventories({ src: '@a1* +', dst: '@a1' }));
    assert.ok(seen.jobs[0]?.afterwards);
    assert.equal(planDigest(seen.jobs), plan.digest);
  });

  it('is of plans that are ready', () => {
    assert.equal(afterwardsOf({ src: '@a1*', dst: '@a1' }).afterwards, undefined);
    assert.equal(afterwardsOf({ src: '@a1*', dst: '@a1 @mine9' }).afterwards, undefined);
  });

  const PLANS: readonly PlanCase[] = [
    { src: '@a1* +' },
    { src: '@a1* @b2 +', dst: '@a1' },
    { src: '#a1 @b2 +', dst: '@a1' },
    { src: { '': 'root @a1* +', vol: 'vol @a2* +', own: 'root @a3 +' }, dst: { '': 'root @a1' } },
    { src: '@a1 @b2', dst: '@a1 token=b2-a1' },
    { src: '@a1* +', dst: { '': '@a1', kept: '@x7' } },
    { src: '@a1* +', dst: '@a1', policy: '    replica: true\n    receive: { force: rollback }\n' },
  ];
  for (const one of PLANS) {
    it(`destroys nothing by a plan: ${JSON.stringify(one)}`, () => {
      const { afterwards } = afterwardsOf(one);
      assert.deepEqual(afterwards?.destroys, { datasets: [], snapshots: [], written: [], unknown: [] });
      assert.equal(afterwards.stop, undefined);
    });
  }
});

describe('what a step destroys', () => {
  it('is named with its size: snapshots, by -F', () => {
    const { after, text } = foreseen(touched(), [FORCED]);
    assert.deepEqual(
      after.destroys.snapshots.map(({ host, name, used }) => [host, name, used]),
      [['prod', 'backup/prod@mine', 2048]],
    );
    assert.match(
      text,
      /\n {2}destroys:\n {4}prod:backup\/prod@mine \(\d+\.\d KiB, of which it alone keeps 2\.0 KiB\)\n/,
    );
  });

  it('is named with its size: datasets and what is in them, by -R -F', () => {
    const before = run(touched(), 'zfs snapshot -r tank/prod@c');
    const tree = streamStep('s1', 'zfs send -w -R -I @a tank/prod@c', 'zfs receive -F -u backup/prod');
    const { after, text } = foreseen(before, [tree]);
    assert.deepEqual(
      after.destroys.datasets.map(({ name }) => name),
      ['backup/prod/stray'],
    );
    assert.deepEqual(after.destroys.snapshots.map(({ name }) => name).toSorted(), [
      'backup/prod/db@other',
      'backup/prod@mine',
    ]);
    assert.match(text, /prod:backup\/prod\/stray \(24\.0 KiB\)\n/);
  });

  it('counts the snapshots of a dataset that goes as a whole', () => {
    const { text } = foreseen(touched(), [commandStep('s1', 'zfs destroy -r backup/prod/db')]);
    assert.match(text, /destroys:\n {4}prod:backup\/prod\/db \([^)]+\) with 2 snapshots\n\n/);
  });

  it('is also what was written since, by a rollback', () => {
    const mounted = run(
      replica(),
      'zfs create -o encryption=off -o readonly=off -o mountpoint=/stray backup/prod/stray',
    );
    const before = write(run(mounted, 'zfs snapshot backup/prod/stray@s'), 'backup/prod/stray', 3 * 2 ** 20);
    const { after, text } = foreseen(before, [commandStep('s1', 'zfs rollback backup/prod/stray@s')]);
    assert.deepEqual(after.destroys.written, [{ host: 'prod', dataset: 'backup/prod/stray', bytes: 3 * 2 ** 20 }]);
    assert.match(text, /3\.0 MiB written to prod:backup\/prod\/stray since its newest snapshot/);
  });

  it('is nothing where a hold stops it, and the failure is told', () => {
    const held = run(touched(), 'zfs hold keep backup/prod@mine');
    const { after, text } = foreseen(held, [FORCED, commandStep('s2', 'zfs snapshot tank/prod@c')]);
    assert.deepEqual(after.destroys.snapshots, []);
    assert.equal(after.stop?.reason, 'fails');
    assert.match(text, /s1 will fail, and leave this: cannot receive/);
  });

  it('is not claimed to be nothing where a step that destroys is not foreseen', () => {
    const steps = [
      commandStep('s1', 'zfs snapshot tank/prod@c'),
      streamStep('s2', 'zfs send -w tank/prod@c', 'zfs receive -F -o overlay=off backup/prod'),
      commandStep('s3', 'zfs snapshot tank/prod@d'),
    ];
    const { after, text } = foreseen(touched(), steps);
    assert.deepEqual(after.destroys.unknown, ['s2']);
    assert.deepEqual([after.target, after.source.snapshots], [[], []]);
    assert.match(text, /afterwards: not foreseen: the model does not know the property overlay \(s2\)\n/);
    assert.match(text, /perhaps more: s2 can destroy and was not foreseen/);
    assert.doesNotMatch(text, /destroys: nothing/);
  });

  it('is not what only gets another name', () => {
    const { after } = foreseen(touched(), [commandStep('s1', 'zfs rename backup/prod/db backup/prod/other')]);
    assert.deepEqual([after.destroys.datasets, after.destroys.snapshots], [[], []]);
  });
});

describe('the text of what comes after', () => {
  it('says once what all datasets share', () => {
    const text = formatPlan(
      foreseePlan(planOf({ src: '@a1* +', dst: '@a1' }), inventories({ src: '@a1* +', dst: '@a1' })),
    );
    const section = text.slice(text.indexOf('  afterwards'), text.indexOf('\n\nPlan'));
    assert.equal(
      section,
      [
        '  afterwards',
        '    vault: 1 dataset at @rep-2026-11-23T020000Z, no key loaded, nothing mounted',
        '      backup/dst  2 snapshots (1 new), encryption root, keylocation prompt',
        '    prod: 1 dataset with @rep-2026-11-23T020000Z, the hold moves there from @a',
        '  destroys: nothing',
      ].join('\n'),
    );
  });

  it('names what stays behind the others, and what is not as a vault should be', () => {
    const loaded = run(replica(), 'zfs create -o mountpoint=none backup/other', 'zfs snapshot -r backup/prod@late');
    const { text } = foreseen(
      run(
        loaded,
        'zfs destroy backup/prod/own@late',
        'zfs create -o encryption=off -o readonly=off -o mountpoint=/stray backup/prod/stray',
      ),
      [commandStep('s1', 'zfs set readonly=on backup/other')],
    );
    assert.match(text, /backup\/prod\/own +1 snapshot, at @a, encryption root, keylocation \S+\n/);
    assert.match(text, /backup\/prod\/stray +0 snapshots, not encrypted, mounted\n/);
  });

  it('shows the first of thousands', () => {
    const children = Object.fromEntries(Array.from({ length: 2000 }, (_, index) => [`c${index}`, '@a1* +']));
    const one = {
      src: { '': 'root @a1* +', ...children },
      dst: { '': 'root @a1', ...Object.fromEntries(Object.keys(children).map((name) => [name, '@a1'])) },
    };
    const text = formatPlan(foreseePlan(planOf(one), inventories(one)));
    const section = text.slice(text.indexOf('  afterwards')).split('\n');
    assert.ok(section.includes('      and 1989 more'));
    assert.ok(section.length < 25, `${section.length} lines`);
  });
});
