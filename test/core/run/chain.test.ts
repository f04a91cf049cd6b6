import assert from 'node:assert/strict';
import { verifyPolicy } from '../../../server/src/core/run/verify-policy';
import { readInventory } from '../../../server/src/core/run/read-inventory';
import type { Check } from '../../../server/src/core/run/verification';
import { checkChain, createChainLab, identity, PLACES, planted, remove, tree } from './chain-lab';
import type { ChainLab } from './chain-lab';
import { ROOT_OPTIONS } from './run-lab';

const TOP = PLACES.prod;

async function verify(lab: ChainLab, now: number): Promise<readonly Check[]> {
  const at = new Date(now * 1000).toISOString();
  const inventories = {
    vault: await readInventory(lab.host('vault'), at, { roots: [PLACES.vault] }),
    offsite: await readInventory(lab.host('offsite'), at, { roots: [PLACES.offsite] }),
  };
  return verifyPolicy(lab.file, 'far', inventories);
}

const wrong = (checks: readonly Check[]): readonly string[] =>
  checks.filter(({ ok }) => !ok).map(({ id, dataset, found }) => `${id} ${dataset}: ${found}`);

const notesOf = (lab: ChainLab): string =>
  lab.events.flatMap((event) => (event.kind === 'note' ? [event.message] : [])).join('\n');

describe('a chain of policies, prod → vault → offsite', () => {
  it('plays round after round with no key on either replica, while children come and go', async () => {
    const lab = planted(createChainLab());
    const rounds: readonly (() => void)[] = [
      () => undefined,
      () => lab.write('prod', `${TOP}/app`, 5000),
      () => {
        lab.type('prod', `zfs create ${TOP}/app/new`);
        lab.write('prod', `${TOP}/app/new`, 700);
      },
      () => {
        remove(lab, '/app/deep');
        lab.type('prod', `zfs create ${TOP}/app/instead`);
        lab.type('prod', `zfs create ${ROOT_OPTIONS} ${TOP}/own`);
      },
      () => lab.type('prod', `zfs change-key -o keyformat=passphrase -o keylocation=file:///other ${TOP}/nest/kid`),
      () => {
        lab.type('prod', `zfs change-key -i ${TOP}/own`);
        lab.write('prod', `${TOP}/nest`, 100);
      },
      () => lab.type('prod', `zfs create ${TOP}/nest/kid/last`),
    ];
    for (const change of rounds) {
      change();
      lab.write('prod', TOP, 10);
      await lab.cycle();
      checkChain(lab);
    }
    assert.ok(tree(lab, 'vault').has('/app/deep') && tree(lab, 'offsite').has('/app/deep'), 'what was removed is kept');
    assert.match(
      notesOf(lab),
      /backup\/prod\/app\/deep has no @rep-\S+: it was removed or excluded at the first source/,
    );
    for (const [path, { snapshots }] of tree(lab, 'prod')) {
      const own = snapshots.map(identity);
      for (const side of ['vault', 'offsite'] as const)
        assert.deepEqual(tree(lab, side).get(path)?.snapshots.map(identity), own, `${side}${path}`);
    }
    await lab.cycle('up-to-date');
  });

  it('takes, sets and destroys nothing at the relay: it holds and releases', async () => {
    const lab = planted(createChainLab());
    for (let round = 0; round < 3; round += 1) {
      lab.write('prod', `${TOP}/app`, 1000);
      await lab.run('near');
      lab.changes('vault');
      const { outcome, plans } = await lab.run('far');
      assert.equal(outcome, 'done');
      assert.deepEqual(
        plans.flatMap(({ jobs }) => jobs.map(({ broughtBy }) => broughtBy)),
        ['near'],
        'the receipt says whose replica was sent',
      );
      const changes = new Set(lab.changes('vault'));
      assert.deepEqual([...changes].toSorted(), ['hold', 'release'], `${round}`);
    }
    for (const [path, { snapshots }] of tree(lab, 'vault')) {
      const held = snapshots.filter(({ holds }) => Object.keys(holds).length > 0);
      assert.deepEqual(
        held.map(({ name }) => name),
        [snapshots.at(-1)?.name],
        path,
      );
      assert.deepEqual(Object.keys(held[0]?.holds ?? {}), ['rawsend:far:offsite'], path);
    }
  });

  it('goes on while both policies prune the relay', async () => {
    const keep = { source: '{ keep: { yearly: 1 } }', target: '{ keep: { yearly: 1 } }' };
    const retention = `    retention: { source: ${keep.source}, target: ${keep.target} }\n`;
    const lab = planted(createChainLab({ near: retention, far: retention }));
    let most = 0;
    for (let round = 0; round < 6; round += 1) {
      lab.write('prod', `${TOP}/app`, 1000);
      // The second policy runs every other time: its base is not the first one's.
      assert.equal((await lab.run('near')).outcome, 'done');
      if (round % 2 === 0) {
        const far = await lab.run('far');
        assert.equal(far.outcome, 'done', far.message);
        checkChain(lab);
      }
      most = Math.max(most, tree(lab, 'vault').get('/app')?.snapshots.length ?? 0);
    }
    assert.ok(most <= 6, `${most} snapshots at the relay: nothing was pruned`);
    assert.ok(lab.log.some((line) => line.startsWith('vault: zfs destroy')));
  });

  it('leaves the roots for later where one snapshot is all that came, and does not claim them', async () => {
    const lab = planted(createChainLab({ near: '    send: { intermediates: false }\n' }));
    await lab.run('near');
    for (const [, { name, snapshots }] of tree(lab, 'vault'))
      for (const old of snapshots.slice(0, -1)) lab.type('vault', `zfs destroy ${name}@${old.name}`);
    const first = await lab.run('far');
    assert.equal(first.outcome, 'done', first.message);
    assert.match(first.message, /; without the encryption root of the source yet: far\/prod\/app \(and 3 more\)$/);
    assert.ok(first.checks.some(({ id }) => id === 'encryption-root-for-now'));
    const proven = first.checks.filter(({ id }) => id === 'encryption-root').map(({ dataset }) => dataset);
    assert.deepEqual(proven, ['far/prod', 'far/prod/nest']);
    assert.match(notesOf(lab), /the next that near brings is the second/);
    assert.deepEqual(
      wrong(await verify(lab, lab.states.prod.now)).map((line) => line.split(' ')[0]),
      ['encryption-root', 'encryption-root', 'encryption-root', 'encryption-root'],
    );
    assert.equal((await lab.run('far')).outcome, 'up-to-date');
    lab.write('prod', `${TOP}/app`, 1000);
    await lab.cycle();
    checkChain(lab);
  });

  it('leaves out what it excludes though the relay has it', async () => {
    const lab = planted(createChainLab({ far: '    exclude: [nest]\n' }));
    await lab.cycle();
    lab.type('prod', `zfs create ${TOP}/app/new`);
    await lab.cycle();
    assert.deepEqual([...tree(lab, 'offsite').keys()].toSorted(), ['', '/app', '/app/deep', '/app/new', '/vol']);
    assert.equal(tree(lab, 'offsite').get('/app/new')?.crypto?.root, PLACES.offsite);
  });

  it('does not wait for what was removed at the first source, and says where that stays', async () => {
    const lab = planted(createChainLab());
    await lab.cycle();
    remove(lab, '/app/deep');
    lab.write('prod', TOP, 10);
    assert.equal((await lab.run('near')).outcome, 'done');
    const far = await lab.run('far');
    assert.equal(far.outcome, 'done', far.message);
    assert.match(far.message, /; what has not come is not sent: far\/prod\/app\/deep at @rep-\S+-adopt$/);
    checkChain(lab);
    assert.deepEqual(wrong(await verify(lab, lab.states.prod.now)), [], 'what is kept is no fault of the target');
  });

  it('waits a day where it cannot know whether the last ones are still to come', async () => {
    const lab = planted(createChainLab());
    await lab.cycle();
    remove(lab, '/vol');
    lab.write('prod', TOP, 10);
    assert.equal((await lab.run('near')).outcome, 'done');
    assert.equal((await lab.run('far')).outcome, 'up-to-date');
    assert.match(notesOf(lab), /has not come to backup\/prod\/vol yet: @\S+, which all have, is what is sent/);
    lab.states.vault = { ...lab.states.vault, now: lab.states.vault.now + 86_400 };
    assert.equal((await lab.run('far')).outcome, 'done');
    checkChain(lab);
  });

  it('sends the last of what was removed at the first source, where that is at the relay only', async () => {
    const lab = planted(createChainLab());
    await lab.cycle();
    lab.write('prod', `${TOP}/app/deep`, 300);
    await lab.run('near');
    remove(lab, '/app/deep');
    for (let round = 0; round < 2; round += 1) {
      lab.write('prod', TOP, 10);
      await lab.run('near');
    }
    assert.equal((await lab.run('far')).outcome, 'done');
    const ends = (['vault', 'offsite'] as const).map((side) =>
      tree(lab, side).get('/app/deep')?.snapshots.map(identity),
    );
    assert.deepEqual(ends[0], ends[1]);
    assert.equal((await lab.run('far')).outcome, 'up-to-date');
  });

  it('is as old as the relay is, and no older', async () => {
    const lab = planted(createChainLab({ far: '    schedule: { every: 1h }\n' }));
    await lab.cycle();
    const day = 86_400;
    const later = lab.states.prod.now + 7 * day;
    assert.deepEqual(wrong(await verify(lab, later)), [], 'the relay has nothing newer');
    lab.write('prod', TOP, 10);
    await lab.run('near');
    assert.deepEqual(wrong(await verify(lab, lab.states.vault.now + 60)), [], 'its next run is yet to come');
    const found = wrong(await verify(lab, later));
    assert.ok(found.length > 0 && found.every((line) => line.startsWith('snapshot-age ')), found.join('\n'));
    assert.match(found[0] ?? '', /and not @rep-\S+ of .*, 6 d old/);
  });

  it('says what to do where nothing has come yet', async () => {
    const lab = planted(createChainLab());
    const missing = await lab.run('far');
    assert.equal(missing.outcome, 'conflict');
    assert.match(missing.message, /backup\/prod does not exist on vault yet: it is the target of the policy near/);
  });
});
