import assert from 'node:assert/strict';
import { checkChain, createChainLab, PLACES, planted, tree } from './chain-lab';
import type { ChainLab } from './chain-lab';

const TOP = PLACES.prod;

/** Brought once, with a new child and something new in most others. */
async function readyForMore(): Promise<ChainLab> {
  const lab = planted(createChainLab());
  await lab.cycle();
  lab.type('prod', `zfs create ${TOP}/app/new`);
  for (const path of ['', '/app', '/app/new', '/nest', '/nest/kid']) lab.write('prod', TOP + path, 500);
  return lab;
}

describe('a chain whose runs are cut', () => {
  it('goes on by its token although the first policy prunes the relay meanwhile', async () => {
    const lab = planted(createChainLab({ near: '    retention: { target: { keep: { yearly: 1 } } }\n' }));
    await lab.cycle();
    for (let round = 0; round < 2; round += 1) {
      lab.write('prod', `${TOP}/app`, 50_000);
      await lab.run('near');
    }
    // The second snapshot of the range is the one that the relay would lose next.
    const cut = await lab.run('far', {
      cut: ({ send }) => (send.join(' ').includes('backup/prod/app@') ? 0 : undefined),
    });
    assert.equal(cut.outcome, 'failed', cut.message);
    for (let round = 0; round < 2; round += 1) {
      lab.write('prod', `${TOP}/app`, 50_000);
      await lab.run('near');
    }
    const far = await lab.run('far');
    assert.equal(far.outcome, 'done', far.message);
    checkChain(lab);
    for (const [path, { snapshots }] of tree(lab, 'vault')) {
      const held = snapshots.filter(({ holds }) => Object.keys(holds).length > 0);
      assert.deepEqual(
        held.map(({ name }) => name),
        [snapshots.at(-1)?.name],
        path,
      );
    }
  });

  it('sends what has come as a whole when the first policy was cut, and the rest with the next', async () => {
    const whole = planted(createChainLab());
    await whole.run('near');
    const streams = whole.log.filter((line) => line.includes(' | ')).length;
    for (let cut = 1; cut <= streams; cut += 1) {
      const lab = planted(createChainLab());
      let seen = 0;
      const near = await lab.run('near', { cut: () => ((seen += 1) === cut ? 0 : undefined) });
      assert.equal(near.outcome, 'failed');
      const far = await lab.run('far');
      assert.ok(['done', 'up-to-date', 'conflict'].includes(far.outcome), `${cut}: ${far.message}`);
      if (far.outcome === 'conflict') assert.match(far.message, /policy near, which has not brought/);
      lab.write('prod', `${TOP}/app`, 1000);
      await lab.cycle();
      lab.write('prod', `${TOP}/app`, 1000);
      await lab.cycle();
      checkChain(lab);
    }
  });

  it('sends what has come when a later run of the first policy was cut, and never half of it as a whole', async () => {
    const whole = await readyForMore();
    const before = whole.log.length;
    await whole.run('near');
    const streams = whole.log.slice(before).filter((line) => line.includes(' | ')).length;
    for (let cut = 1; cut <= streams; cut += 1) {
      const lab = await readyForMore();
      let seen = 0;
      const near = await lab.run('near', { cut: () => ((seen += 1) === cut ? 0 : undefined) });
      assert.equal(near.outcome, 'failed');
      const far = await lab.run('far');
      assert.ok(['done', 'up-to-date'].includes(far.outcome), `${cut}: ${far.message}`);
      const newest = new Set([...tree(lab, 'offsite').values()].map(({ snapshots }) => snapshots.at(-1)?.name));
      assert.equal(newest.size, 1, `${cut}: ${[...newest].join(' ')}`);
      assert.equal((await lab.run('near')).outcome, 'done');
      lab.write('prod', TOP, 10);
      await lab.cycle();
      checkChain(lab);
    }
  });

  it('goes on after a cut anywhere on the second way', async () => {
    const whole = planted(createChainLab());
    await whole.cycle();
    const streams = whole.log.filter((line) => line.includes(' | offsite: ')).length;
    assert.ok(streams > 6, `${streams}`);
    for (let cut = 1; cut <= streams; cut += 1) {
      const lab = planted(createChainLab());
      await lab.run('near');
      let seen = 0;
      assert.equal((await lab.run('far', { cut: () => ((seen += 1) === cut ? 0 : undefined) })).outcome, 'failed');
      assert.equal((await lab.run('far')).outcome, 'done', `${cut}`);
      lab.write('prod', `${TOP}/app`, 1000);
      await lab.cycle();
      checkChain(lab);
    }
  });
});
