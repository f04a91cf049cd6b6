/** Several targets of one policy: one after the other, each with its own base, hold and proof. */
import assert from 'node:assert/strict';
import type { Snapshot } from '../../../server/src/core/model/state';
import { tree } from './replica';
import { COPY, TOP, createRunLab } from './run-lab';
import type { RunLab } from './run-lab';

const TARGETS = `[vault:${COPY}, offsite:${COPY}]`;
const KEEP = '    retention: { source: { keep: { hourly: 1 } }, target: { keep: { hourly: 1 } } }\n';
const APP = `${TOP}/app`;

type Target = 'vault' | 'offsite';

async function runTo(lab: RunLab, target: Target): Promise<string> {
  const { outcome, message } = await lab.run({}, { policy: `p:${target}` });
  assert.ok(outcome === 'done' || outcome === 'up-to-date', message);
  return outcome;
}

/** What `rawsend run p` does, after something was written. */
async function runBoth(lab: RunLab): Promise<void> {
  lab.write('prod', APP, 500);
  await runTo(lab, 'vault');
  await runTo(lab, 'offsite');
}

const logged = (lab: RunLab, pattern: RegExp, from = 0): readonly string[] =>
  lab.log.slice(from).filter((line) => pattern.test(line));

const versions = (lab: RunLab, side: 'prod' | Target): readonly Snapshot[] =>
  lab.states[side].datasets.get(side === 'prod' ? APP : `${COPY}/app`)?.snapshots ?? [];

/** The snapshot of the source that a target's hold keeps. */
function heldFor(lab: RunLab, target: Target): Snapshot {
  const held = versions(lab, 'prod').filter(({ holds }) => `rawsend:p:${target}` in holds);
  assert.equal(held.length, 1, `${target}: ${held.map(({ name }) => name).join(' ')}`);
  assert.ok(held[0]);
  return held[0];
}

/** What is held for a target is the newest snapshot that it has. */
function checkBase(lab: RunLab, target: Target): void {
  assert.equal(versions(lab, target).at(-1)?.guid, heldFor(lab, target).guid);
}

describe('runPolicy to one target after the other', () => {
  it('sends the snapshot that the first run has taken, where nothing was written since', async () => {
    const lab = tree(createRunLab('', TARGETS));
    await runBoth(lab);
    const from = lab.log.length;
    await runBoth(lab);
    assert.equal(logged(lab, /zfs snapshot/, from).length, 1, lab.log.slice(from).join('\n'));
    assert.equal(versions(lab, 'vault').at(-1)?.guid, versions(lab, 'offsite').at(-1)?.guid);
    for (const target of ['vault', 'offsite'] as const) checkBase(lab, target);
    for (const target of ['vault', 'offsite'] as const) assert.equal(await runTo(lab, target), 'up-to-date');
  });

  it('takes a snapshot of its own, where something was', async () => {
    const lab = tree(createRunLab('', TARGETS));
    await runBoth(lab);
    const from = lab.log.length;
    lab.write('prod', APP, 500);
    await runTo(lab, 'vault');
    lab.write('prod', APP, 500);
    await runTo(lab, 'offsite');
    assert.equal(logged(lab, /zfs snapshot/, from).length, 2);
    for (const target of ['vault', 'offsite'] as const) checkBase(lab, target);
  });

  it('keeps the base of a target that is weeks behind, whatever the other one prunes', async () => {
    const lab = tree(createRunLab(KEEP, TARGETS));
    await runBoth(lab);
    const base = heldFor(lab, 'offsite');
    for (let run = 0; run < 10; run += 1) {
      lab.write('prod', APP, 500);
      await runTo(lab, 'vault');
      assert.equal(heldFor(lab, 'offsite').guid, base.guid);
      checkBase(lab, 'vault');
    }
    const pruned = logged(lab, /^prod: zfs destroy/);
    assert.ok(pruned.length > 0, 'the source is pruned meanwhile');
    assert.ok(!pruned.some((line) => line.includes(`@${base.name}`)), pruned.join('\n'));
    const from = lab.log.length;
    assert.equal(await runTo(lab, 'offsite'), 'done');
    checkBase(lab, 'offsite');
    assert.ok(logged(lab, new RegExp(`zfs send -w .*-I @${base.name} ${APP}@`), from).length > 0);
    // Once nobody needs it any more, it is pruned as any other.
    await runBoth(lab);
    await runBoth(lab);
    assert.ok(!versions(lab, 'prod').some(({ guid }) => guid === base.guid));
  });

  it('keeps the tag of the first target when a second one joins', async () => {
    const alone = tree(createRunLab(KEEP));
    alone.write('prod', APP, 500);
    assert.equal((await alone.run()).outcome, 'done');
    const base = heldFor(alone, 'vault');
    const { file } = createRunLab(KEEP, TARGETS);
    alone.write('prod', APP, 500);
    const from = alone.log.length;
    for (const policy of ['p:vault', 'p:offsite'])
      assert.equal((await alone.run({}, { file, policy })).outcome, 'done');
    assert.equal(logged(alone, new RegExp(`send -w .* ${APP}@.*vault`), from).length, 1);
    assert.ok(logged(alone, new RegExp(`-I @${base.name} ${APP}@`), from).length > 0, 'it goes on from its base');
    for (const target of ['vault', 'offsite'] as const) checkBase(alone, target);
  });
});
