/** Several targets in one plan: the later ones find the source as the earlier ones leave it, and what is planned can be done. */
import assert from 'node:assert/strict';
import { planInTurn } from '../../../server/src/core/foresee/plan-in-turn';
import type { Turn } from '../../../server/src/core/foresee/plan-in-turn';
import { playSteps } from '../../../server/src/core/foresee/play-steps';
import type { States } from '../../../server/src/core/foresee/play-steps';
import { readState } from '../../../server/src/core/foresee/read-state';
import { apply } from '../../../server/src/core/model/apply';
import { planDigest } from '../../../server/src/core/plan/digest';
import type { Job } from '../../../server/src/core/plan/plan';
import { planPolicies } from '../../../server/src/core/plan/plan-policies';
import type { Inventory } from '../../../server/src/core/zfs/inventory';
import { tree } from '../run/replica';
import { COPY, TOP, createRunLab } from '../run/run-lab';
import type { RunLab } from '../run/run-lab';

const TARGETS = `[vault:${COPY}, offsite:${COPY}]`;
const KEEP = '    retention: { source: { keep: { hourly: 1 } }, target: { keep: { hourly: 1 } } }\n';
const NOW = '2026-11-23T12:00:00.000Z';

const look = (states: States): Readonly<Record<string, Inventory>> =>
  Object.fromEntries(
    Object.entries(states).map(([host, state]) => [
      host,
      readState(state, { host, roots: [host === 'prod' ? TOP : COPY] }),
    ]),
  );

/** Both jobs of a plan, each from the same look. */
function planBoth({ file, states }: RunLab): readonly [Turn, Turn] {
  const inventories = look(states);
  const [first, second] = ['p:vault', 'p:offsite'].reduce<readonly Turn[]>((turns, name) => {
    const { plan, inventories: seen } = planInTurn({ file, name, inventories, now: NOW }, turns);
    return [...turns, ...plan.jobs.map((job) => ({ job, inventories: seen }))];
  }, []);
  assert.ok(first && second);
  return [first, second];
}

const commands = ({ steps }: Job): readonly string[] => steps.map((step) => step.command.join(' '));

const purposes = ({ steps }: Job, purpose: string): readonly string[] =>
  steps.filter((step) => step.purpose === purpose).map((step) => step.command.join(' '));

/** Plays one job behind the other, as a run does, and returns the hosts after each. */
function playBoth({ states }: RunLab, jobs: readonly Job[]): readonly States[] {
  let now: States = states;
  return jobs.map(({ policy, steps }) => {
    const { states: after, stop } = playSteps(steps, now);
    assert.equal(stop, undefined, `${policy}: ${JSON.stringify(stop)}`);
    return (now = after);
  });
}

async function replicated(keep = ''): Promise<RunLab> {
  const lab = tree(createRunLab(keep, TARGETS));
  for (let round = 0; round < 2; round += 1) {
    lab.write('prod', `${TOP}/app`, 5000);
    for (const policy of ['p:vault', 'p:offsite']) assert.equal((await lab.run({}, { policy })).outcome, 'done');
  }
  lab.write('prod', `${TOP}/app`, 5000);
  return lab;
}

describe('a plan of several targets', () => {
  it('takes one snapshot, in the first job, and sends it in both', async () => {
    const lab = await replicated();
    const [first, second] = planBoth(lab).map(({ job }) => job);
    assert.ok(first && second);
    assert.deepEqual(
      [first, second].map((job) => purposes(job, 'snapshot')),
      [[`zfs snapshot -r ${TOP}@rep-2026-11-23T120000Z`], []],
    );
    assert.ok(purposes(second, 'hold').every((command) => /rawsend:p:offsite .*@rep-2026-11-23T120000Z/.test(command)));
    assert.equal(purposes(second, 'increment').length, purposes(first, 'increment').length);
    assert.match(second.notes.join('\n'), /planned behind p:vault/);
    assert.doesNotMatch(first.notes.join('\n'), /planned behind/);
    playBoth(lab, [first, second]);
  });

  it('would fail where each is planned as if it were alone', async () => {
    const lab = await replicated();
    const { jobs } = planPolicies(lab.file, ['p:vault', 'p:offsite'], look(lab.states), NOW);
    assert.throws(() => playBoth(lab, jobs), /p:offsite: .*dataset already exists/);
  });

  it('destroys no snapshot twice, and nothing that the other one needs', async () => {
    const lab = await replicated(KEEP);
    for (let round = 0; round < 3; round += 1) {
      lab.write('prod', `${TOP}/app`, 5000);
      assert.equal((await lab.run({}, { policy: 'p:vault' })).outcome, 'done');
    }
    lab.write('prod', `${TOP}/app`, 5000);
    const jobs = planBoth(lab).map(({ job }) => job);
    const destroyed = jobs.map((job) => purposes(job, 'destroy').filter((command) => command.includes(TOP)));
    assert.ok(
      destroyed.every((commands) => commands.length > 0),
      'both prune the source',
    );
    playBoth(lab, jobs);
  });

  it('is what the second run plans when its turn has come', async () => {
    const lab = await replicated(KEEP);
    const [first, second] = planBoth(lab);
    const [after] = playBoth(lab, [first.job]);
    assert.ok(after);
    const [planned] = planPolicies(lab.file, ['p:offsite'], look(after), NOW).jobs;
    assert.ok(planned);
    assert.deepEqual(commands(second.job), commands(planned));
  });

  it('measures only what is there, and counts what is yet to be snapshotted', async () => {
    const lab = await replicated();
    const [first, second] = planBoth(lab).map(({ job }) => job);
    assert.ok(first && second);
    const sizes = ({ steps }: Job): readonly (readonly [string, number])[] =>
      steps.flatMap((step) => {
        if (step.kind !== 'stream') return [];
        if (step.dryRun === undefined) return [[step.dataset, step.estimate ?? 0]];
        const { exitCode, stderr } = apply(lab.states.prod, step.dryRun.command);
        assert.equal(exitCode, 0, `${step.dryRun.command.join(' ')}: ${stderr}`);
        return [[step.dataset, step.dryRun.plus]];
      });
    assert.deepEqual(sizes(second), sizes(first));
    assert.ok(sizes(second).some(([, bytes]) => bytes === 5000));
  });

  it('measures a target that is behind up to the newest snapshot', async () => {
    const lab = await replicated();
    assert.equal((await lab.run({}, { policy: 'p:vault' })).outcome, 'done');
    lab.write('prod', `${TOP}/app`, 700);
    const [, { job }] = planBoth(lab);
    const app = job.steps.find((step) => step.kind === 'stream' && step.dataset === `${TOP}/app`);
    assert.ok(app?.kind === 'stream' && app.dryRun);
    assert.equal(app.dryRun.plus, 700);
    assert.equal(apply(lab.states.prod, app.dryRun.command).exitCode, 0);
  });

  it('begins with two targets that have nothing', () => {
    const lab = tree(createRunLab(KEEP, TARGETS));
    const jobs = planBoth(lab).map(({ job }) => job);
    const taken = jobs.flatMap((job) => purposes(job, 'snapshot'));
    assert.equal(new Set(taken).size, taken.length);
    playBoth(lab, jobs);
  });

  it('has one digest, whenever it is made', async () => {
    const lab = await replicated();
    const inventories = look(lab.states);
    const digestAt = (now: string): string => {
      const first = planInTurn({ file: lab.file, name: 'p:vault', inventories, now }, []);
      const turns = first.plan.jobs.map((job) => ({ job, inventories }));
      const second = planInTurn({ file: lab.file, name: 'p:offsite', inventories, now }, turns);
      return planDigest([...first.plan.jobs, ...second.plan.jobs]);
    };
    assert.equal(digestAt(NOW), digestAt('2026-11-23T13:00:00.000Z'));
  });

  it('is that of the second alone, where the first one sends nothing', async () => {
    const lab = await replicated();
    for (const policy of ['p:vault']) assert.equal((await lab.run({}, { policy })).outcome, 'done');
    const [first, second] = planBoth(lab).map(({ job }) => job);
    assert.equal(first?.status, 'up-to-date');
    const [alone] = planPolicies(lab.file, ['p:offsite'], look(lab.states), NOW).jobs;
    assert.deepEqual(second, alone);
  });
});
