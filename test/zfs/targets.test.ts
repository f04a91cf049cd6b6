/** One policy with two targets, over real SSH between three hosts: one snapshot for both, a hold for each. */
import assert from 'node:assert/strict';
import { appendFileSync, readFileSync } from 'node:fs';
import type { Plan } from '../../server/src/core/plan/plan';
import type { Check } from '../../server/src/core/run/verification';
import { startHosts, ZFS, type Hosts } from '../support/hosts';
import { eventsOf, rawsend, type Ended, type Rawsend } from '../support/rawsend';
import { assertVault, holdsOf } from './vault';

const POLICY = `version: 1
hosts:
  prod: { ssh: source }
  vault: { ssh: target }
  offsite: { ssh: offsite }
defaults:
  transport: { route: relay }
policies:
  everywhere:
    intent: vault
    source: prod:tank/prod
    target: [vault:backup/prod, offsite:backup/prod]
    retention: { source: { keep: { yearly: 1 } }, target: { keep: { yearly: 1 } } }
`;

const TARGETS = ['everywhere:vault', 'everywhere:offsite'];

type Told = Check & { readonly policy: string };

const checksOf = ({ stdout }: Ended): readonly Told[] => (JSON.parse(stdout) as { checks: readonly Told[] }).checks;

/** Hosts come in pairs, so the third is one of a second pair. */
describe(`a policy with two targets on ${ZFS}`, function () {
  this.timeout(400_000);
  let lab: Hosts;
  let offsite: Hosts;
  let cli: Rawsend;

  before(async () => {
    lab = await startHosts();
    offsite = await startHosts();
    const [, target = ''] = readFileSync(offsite.sshConfig, 'utf8').split(/^(?=Host target$)/m);
    appendFileSync(lab.sshConfig, `\n${target.replace('Host target', 'Host offsite')}`);
    cli = rawsend(lab.sshConfig);
  });
  after(async () => {
    await lab?.stop();
    await offsite?.stop();
  });

  const start = (command: string, ...words: readonly string[]): Promise<Ended> =>
    cli.run([command, '-f', '-', ...words, '--format', 'json'], { input: POLICY });

  /** Runs, and tells how each target ended. */
  async function run(...names: readonly string[]): Promise<readonly string[]> {
    const ended = await start('run', '--yes', ...names);
    const finished = eventsOf(ended).flatMap((event) => (event.kind === 'finished' ? [event] : []));
    return finished.map(({ policy, outcome, message }) => (outcome === 'failed' ? message : `${policy} ${outcome}`));
  }

  const plan = async (...names: readonly string[]): Promise<Plan> =>
    JSON.parse((await start('plan', ...names)).stdout) as Plan;

  const write = (): Promise<unknown> =>
    lab.ssh('source', 'dd if=/dev/urandom of=/tank/prod/db/rows bs=1M count=1 2>/dev/null; sync');

  const snapshots = async (): Promise<readonly string[]> =>
    (await lab.ssh('source', 'zfs list -H -o name -t snapshot tank/prod/db')).stdout.trim().split('\n');

  /** The second pair's target, seen from the first pair's source. */
  const asOffsite = (): Hosts => ({
    ...lab,
    ssh: (host, line, options) => (host === 'source' ? lab : offsite).ssh(host, line, options),
  });

  const heldFor = async (target: string): Promise<readonly string[]> =>
    [...(await holdsOf(lab, 'source', 'tank/prod/db'))]
      .filter(([, tags]) => tags.includes(`rawsend:everywhere:${target}`))
      .map(([name]) => name);

  it('runs one after the other, and both are vaults', async () => {
    assert.deepEqual(await run('everywhere'), ['everywhere:vault done', 'everywhere:offsite done']);
    await assertVault(asOffsite());
    // The second one took the snapshot that gave its datasets their encryption root.
    assert.deepEqual(await run(), ['everywhere:vault done', 'everywhere:offsite done']);
    await assertVault(lab);
    // What one run releases, the next may destroy; then there is nothing left to do.
    await run();
    assert.deepEqual(await run(), ['everywhere:vault up-to-date', 'everywhere:offsite up-to-date']);
  });

  it('plans one snapshot for both, and takes one', async () => {
    await write();
    const before = await snapshots();
    const { jobs } = await plan('everywhere');
    assert.deepEqual(
      jobs.map(({ policy, status, steps }) => [
        policy,
        status,
        steps.filter(({ purpose }) => purpose === 'snapshot').length,
      ]),
      [
        ['everywhere:vault', 'ready', 1],
        ['everywhere:offsite', 'ready', 0],
      ],
    );
    const { bytes, jobs: sizes } = JSON.parse((await start('estimate')).stdout);
    assert.ok(bytes > 0);
    assert.equal(sizes[0].bytes, sizes[1].bytes);
    assert.deepEqual(await run(), ['everywhere:vault done', 'everywhere:offsite done']);
    assert.equal((await snapshots()).filter((name) => !before.includes(name)).length, 1);
    await assertVault(lab);
    await assertVault(asOffsite());
  });

  it('keeps the base of the target that is behind, until it has caught up', async () => {
    const [base] = await heldFor('offsite');
    assert.ok(base);
    for (let round = 0; round < 4; round += 1) {
      await write();
      assert.deepEqual(await run('everywhere:vault'), ['everywhere:vault done']);
    }
    assert.ok((await snapshots()).includes(base));
    assert.deepEqual(await heldFor('offsite'), [base]);
    const { jobs } = await plan('everywhere:offsite');
    assert.ok(jobs[0]?.steps.some(({ command }) => command.includes(base.slice(base.indexOf('@')))));
    assert.deepEqual(await run(), ['everywhere:vault done', 'everywhere:offsite done']);
    await assertVault(asOffsite());
    await write();
    assert.deepEqual(await run(), ['everywhere:vault done', 'everywhere:offsite done']);
    assert.ok(!(await snapshots()).includes(base), 'nobody needs it any more');
  });

  it('verifies both, each by its name', async () => {
    const good = await start('verify', 'everywhere');
    assert.equal(good.code, 0, good.stdout.slice(-2000));
    assert.deepEqual([...new Set(checksOf(good).map(({ policy }) => policy))], TARGETS);
    await offsite.ssh('target', 'zfs set mountpoint=/somewhere backup/prod/app');
    const bad = await start('verify', 'everywhere');
    assert.equal(bad.code, 1);
    const failed = checksOf(bad).filter(({ ok }) => !ok);
    assert.deepEqual([...new Set(failed.map(({ policy }) => policy))], ['everywhere:offsite']);
    await offsite.ssh('target', 'zfs inherit mountpoint backup/prod/app');
  });

  it('sends to the one that can be reached', async () => {
    await offsite.stop();
    await write();
    const ended = await start('run', '--yes');
    const outcomes = eventsOf(ended).flatMap((event) => (event.kind === 'finished' ? [event.outcome] : []));
    assert.deepEqual(outcomes, ['done', 'failed']);
    assert.equal(ended.code, 3);
  });
});
