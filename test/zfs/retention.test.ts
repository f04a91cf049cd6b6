/** What retention destroys, asked of zfs itself: exactly what the plan names, on both sides, and the chain holds. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { Afterwards } from '../../server/src/core/plan/afterwards';
import type { Plan } from '../../server/src/core/plan/plan';
import { startHosts, ZFS, type Hosts } from '../support/hosts';
import { finishedOf, rawsend, type Rawsend } from '../support/rawsend';
import { assertVault } from './vault';

const KEEP = '    retention: { source: { keep: { yearly: 1 } }, target: { keep: { yearly: 1 } } }\n';

describe(`retention on ${ZFS}`, function () {
  this.timeout(400_000);
  let lab: Hosts;
  let cli: Rawsend;
  let policy: string;

  before(async () => {
    lab = await startHosts();
    cli = rawsend(lab.sshConfig);
    policy = readFileSync(lab.policyFile, 'utf8') + KEEP;
  });
  after(() => lab?.stop());

  async function on(host: 'source' | 'target', command: string): Promise<string> {
    const { code, stdout, stderr } = await lab.ssh(host, command);
    assert.equal(code, 0, stderr);
    return stdout;
  }

  const list = async (host: 'source' | 'target', name: string, root: string): Promise<readonly string[]> =>
    (await on(host, `zfs list -H -o name -t snapshot -r ${root}`))
      .trim()
      .split('\n')
      .map((line) => `${name}:${line}`);

  /** Full names with their host, as `destroys` has them. */
  async function snapshots(): Promise<readonly string[]> {
    return [...(await list('source', 'prod', 'tank/prod')), ...(await list('target', 'vault', 'backup/prod'))];
  }

  async function run(): Promise<void> {
    const ended = await cli.run(['run', '-f', '-', 'prod-to-vault', '--yes', '--format', 'json'], { input: policy });
    assert.equal(finishedOf(ended).outcome, 'done', ended.stdout.slice(-3000) + ended.stderr);
    await assertVault(lab);
  }

  async function plan(): Promise<{ readonly afterwards: Afterwards; readonly titles: readonly string[] }> {
    const planned = await cli.run(['plan', '-f', '-', 'prod-to-vault', '--format', 'json'], { input: policy });
    assert.equal(planned.code, 0, planned.stderr);
    const { jobs }: Plan = JSON.parse(planned.stdout);
    const [job] = jobs;
    assert.ok(job?.afterwards, planned.stdout.slice(0, 2000));
    return { afterwards: job.afterwards, titles: job.steps.map(({ title }) => title) };
  }

  const write = (): Promise<string> =>
    on('source', 'dd if=/dev/urandom of=/tank/prod/db/rows bs=1M count=1 2>/dev/null; sync');

  it('destroys nothing in the first run', async () => {
    await on('source', 'zfs snapshot -r tank/prod@mine');
    const before = await snapshots().catch(() => []);
    await run();
    const left = new Set(await snapshots());
    assert.deepEqual(
      before.filter((name) => !left.has(name)),
      [],
    );
  });

  it('destroys on both sides exactly what the plan names, and the chain holds', async () => {
    const gone = new Set<string>();
    for (let round = 0; round < 3; round += 1) {
      await write();
      const before = await snapshots();
      const { afterwards, titles } = await plan();
      await run();
      const left = new Set(await snapshots());
      const destroyed = before.filter((name) => !left.has(name)).toSorted();
      const foreseen = afterwards.destroys.snapshots.map(({ host, name }) => `${host}:${name}`);
      assert.deepEqual(destroyed, foreseen.toSorted());
      if (destroyed.length > 0)
        assert.ok(
          titles.some((title) => title.startsWith('Destroy ')),
          titles.join('\n'),
        );
      for (const name of destroyed) gone.add(name.split('@', 1)[0] ?? '');
      assert.ok(
        destroyed.every((name) => /@rep-/.test(name)),
        destroyed.join(' '),
      );
    }
    assert.ok(gone.has('prod:tank/prod/db') && gone.has('vault:backup/prod/db'), [...gone].join(' '));
  });

  it('leaves alone what somebody holds and what is not of the policy', async () => {
    const all = await snapshots();
    assert.ok(all.includes('prod:tank/prod@mine') && all.includes('vault:backup/prod@mine'));
    const [held = ''] = all.filter((name) => name.startsWith('vault:backup/prod/db@rep-'));
    await on('target', `zfs hold keep ${held.slice('vault:'.length)}`);
    for (let round = 0; round < 2; round += 1) {
      await write();
      await run();
    }
    const left = await snapshots();
    assert.ok(left.includes(held), `${held} is not in ${left.join(' ')}`);
    assert.ok(left.includes('vault:backup/prod@mine'));
  });
});
