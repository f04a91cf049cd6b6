import assert from 'node:assert/strict';
import { checkReplica, tree } from './replica';
import { COPY, TOP, createRunLab } from './run-lab';
import { failed } from './model-hosts';
import type { RunLab } from './run-lab';

const KEEP = '    retention: { source: { keep: { hourly: 1 } }, target: { keep: { hourly: 1 } } }\n';

const own = (lab: RunLab, side: 'prod' | 'vault', name: string): readonly string[] =>
  (lab.states[side].datasets.get(name)?.snapshots ?? [])
    .map((snapshot) => snapshot.name)
    .filter((snapshot) => snapshot.startsWith('rep-'));

const destroys = (lab: RunLab): readonly string[] => lab.log.filter((line) => line.includes('zfs destroy'));

async function runAfterWriting(lab: RunLab): Promise<void> {
  lab.write('prod', `${TOP}/app`, 500);
  const { outcome, message } = await lab.run();
  assert.equal(outcome, 'done', message);
}

describe('runPolicy with a retention', () => {
  it('destroys on both sides what is not kept, and the chain holds', async () => {
    const lab = tree(createRunLab(KEEP));
    for (let run = 0; run < 5; run += 1) await runAfterWriting(lab);
    checkReplica(lab);
    assert.ok(destroys(lab).some((line) => line.startsWith('prod')));
    assert.ok(destroys(lab).some((line) => line.startsWith('vault')));
    for (const [side, name] of [
      ['prod', `${TOP}/app`],
      ['vault', `${COPY}/app`],
    ] as const) {
      const left = own(lab, side, name);
      assert.ok(left.length <= 2, `${name} keeps the newest and the base before it: ${left.join(' ')}`);
    }
    // What was there before the policy is nobody's to destroy.
    for (const snapshot of ['a', 'b'])
      assert.ok(lab.states.vault.datasets.get(`${COPY}/app`)?.snapshots.some(({ name }) => name === snapshot));
  });

  it('destroys nothing where the proof fails', async () => {
    const lab = tree(createRunLab(KEEP));
    for (let run = 0; run < 3; run += 1) await runAfterWriting(lab);
    const before = destroys(lab).length;
    lab.write('prod', `${TOP}/app`, 500);
    lab.type('vault', `zfs set canmount=on ${COPY}/app`);
    lab.spoil('vault', COPY, (top) => ({ ...top, local: { ...top.local, mountpoint: '/mnt' } }));
    const spoilt = await lab.run({
      command: (argv) =>
        argv[1] === 'set' && argv[2]?.startsWith('mountpoint') ? { code: 0, stdout: '', stderr: '' } : undefined,
    });
    assert.equal(spoilt.outcome, 'verification-failed', spoilt.message);
    assert.equal(destroys(lab).length, before);
  });

  it('tells of a destroy that fails, and the next run does it', async () => {
    const lab = tree(createRunLab(KEEP));
    for (let run = 0; run < 2; run += 1) await runAfterWriting(lab);
    lab.write('prod', `${TOP}/app`, 500);
    const refusal = "cannot destroy snapshot: it's being held";
    const told = await lab.run({ command: (argv) => (argv[1] === 'destroy' ? failed(refusal) : undefined) });
    assert.equal(told.outcome, 'failed');
    assert.match(
      told.message,
      /proven by \d+ checks, but Destroy .+ did not succeed: .+being held.+the next run does it/,
    );
    const before = destroys(lab).length;
    const { outcome } = await lab.run();
    assert.equal(outcome, 'done');
    assert.ok(destroys(lab).length > before);
  });
});
