/** A chain by the command line: prod → vault → a third place, all raw, and no key on the way. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { PASSPHRASE } from '../../scripts/zfs-lab/saved-guests';
import type { Plan } from '../../server/src/core/plan/plan';
import type { RunEvent } from '../../server/src/core/run/event';
import { startHosts, ZFS, type Hosts } from '../support/hosts';
import { eventsOf, rawsend, type Ended, type Rawsend } from '../support/rawsend';
import { assertVault, holdsOf } from './vault';

/** The third place is another dataset of the first host: a relay sends there as to any other. */
const ONWARD = `  vault-to-offsite:
    intent: vault
    source: vault:backup/prod
    target: prod:tank/offsite
    transport: { route: relay }
    retention: { source: { keep: { yearly: 1 } }, target: { keep: { yearly: 1 } } }
`;

const KEEP = '    retention: { source: { keep: { yearly: 1 } }, target: { keep: { yearly: 1 } } }\n';

const CHAIN = ['prod-to-vault', 'vault-to-offsite'];

type Finished = Extract<RunEvent, { kind: 'finished' }>;

/** How each policy ended, in their order. */
const outcomes = (ended: Ended): readonly string[] =>
  eventsOf(ended)
    .filter((event): event is Finished => event.kind === 'finished')
    .map(({ policy, outcome }) => `${policy} ${outcome}`);

describe(`a chain of policies on ${ZFS}`, function () {
  this.timeout(400_000);
  let lab: Hosts;
  let cli: Rawsend;
  let policy: string;

  before(async () => {
    lab = await startHosts();
    cli = rawsend(lab.sshConfig);
    policy = readFileSync(lab.policyFile, 'utf8') + KEEP + ONWARD;
  });
  after(() => lab?.stop());

  const run = (names: readonly string[]): Promise<Ended> =>
    cli.run(['run', '-f', '-', ...names, '--yes', '--format', 'json'], { input: policy });

  async function on(host: 'source' | 'target', command: string): Promise<string> {
    const { code, stdout, stderr } = await lab.ssh(host, command);
    assert.equal(code, 0, `${command}: ${stderr}`);
    return stdout.trim();
  }

  /** A line for each dataset: its path, then what the columns say of it. */
  async function look(host: 'source' | 'target', top: string, columns: string): Promise<readonly string[]> {
    const text = await on(host, `zfs list -Hp -r -t filesystem,volume -o name,${columns} ${top}`);
    return text.split('\n').map((line) => line.replaceAll(top, ''));
  }

  const newest = async (host: 'source' | 'target', top: string): Promise<ReadonlyMap<string, string>> => {
    const text = await on(host, `zfs list -Hp -r -t snapshot -o name,guid,ivsetguid ${top}`);
    return new Map(
      text.split('\n').map((line) => [line.slice(top.length, line.indexOf('@')), line.slice(line.indexOf('@'))]),
    );
  };

  async function assertChain(): Promise<void> {
    await assertVault(lab);
    assert.deepEqual(await newest('source', 'tank/offsite'), await newest('target', 'backup/prod'));
    assert.deepEqual(
      await look('source', 'tank/offsite', 'encryptionroot,keylocation,keystatus,mounted,readonly'),
      await look('target', 'backup/prod', 'encryptionroot,keylocation,keystatus,mounted,readonly'),
    );
    const held = [...(await holdsOf(lab, 'target', 'backup/prod'))];
    const tags = new Set(held.flatMap(([, found]) => found));
    assert.deepEqual([...tags], ['rawsend:vault-to-offsite:prod']);
    assert.equal(new Set(held.map(([name]) => name.slice(name.indexOf('@')))).size, 1);
  }

  const write = (): Promise<string> =>
    on('source', 'dd if=/dev/urandom of=/tank/prod/db/rows bs=1M count=1 2>/dev/null; sync');

  it('runs what brings first, whatever the order that is typed', async () => {
    const ended = await run(CHAIN.toReversed());
    assert.deepEqual(
      outcomes(ended),
      CHAIN.map((name) => `${name} done`),
      ended.stdout.slice(-3000),
    );
    assert.equal(ended.code, 0);
    await assertChain();
  });

  it('has nothing to do then, and says so with 0', async () => {
    const ended = await run(CHAIN);
    assert.deepEqual([...outcomes(ended), ended.code], [...CHAIN.map((name) => `${name} up-to-date`), 0]);
  });

  it('foresees what it does to a child that has come since', async () => {
    await on('source', 'zfs create tank/prod/app/late');
    await write();
    const both = await cli.run(['plan', '-f', '-', ...CHAIN.toReversed(), '--format', 'json'], { input: policy });
    const plan: Plan = JSON.parse(both.stdout);
    assert.deepEqual(
      plan.jobs.map((job) => `${job.policy} ${job.status} ${job.notes[0]?.slice(0, 15) ?? ''}`),
      ['prod-to-vault ready ', 'vault-to-offsite up-to-date this is planned'],
    );
    assert.deepEqual(outcomes(await run(['prod-to-vault'])), ['prod-to-vault done']);
    const planned = await cli.run(['plan', '-f', '-', 'vault-to-offsite', '--format', 'json'], { input: policy });
    const { jobs }: Plan = JSON.parse(planned.stdout);
    const foreseen = jobs[0]?.afterwards;
    assert.ok(foreseen !== undefined && foreseen.stop === undefined, planned.stdout.slice(0, 2000));
    assert.deepEqual(foreseen.source.snapshots, [], 'nothing is taken at the relay');
    assert.deepEqual(outcomes(await run(['vault-to-offsite'])), ['vault-to-offsite done']);
    await assertChain();
    const ends = await newest('source', 'tank/offsite');
    for (const { name, newestSnapshot, encryptionRoot } of foreseen.target) {
      const path = name.slice('tank/offsite'.length);
      assert.match(ends.get(path) ?? '', new RegExp(`^@${newestSnapshot}\t`));
      assert.equal(await on('source', `zfs get -H -o value encryptionroot ${name}`), encryptionRoot, name);
    }
  });

  it('goes on round after round while both policies prune the relay', async () => {
    for (let round = 0; round < 3; round += 1) {
      await write();
      const ended = await run(CHAIN);
      assert.deepEqual(
        outcomes(ended),
        CHAIN.map((name) => `${name} done`),
        ended.stdout.slice(-3000),
      );
      await assertChain();
    }
    const left = await on('target', 'zfs list -H -o name -t snapshot backup/prod/db | grep -c @rep-');
    assert.ok(Number(left) <= 5, `${left} snapshots are left at the relay`);
  });

  it('sends what the relay has when the first policy is refused, and says so', async () => {
    await write();
    await run(['prod-to-vault']);
    await on('target', `echo '${PASSPHRASE}' | zfs load-key backup/prod`);
    const ended = await run(CHAIN);
    assert.deepEqual(outcomes(ended), ['prod-to-vault conflict', 'vault-to-offsite done'], ended.stdout.slice(-3000));
    assert.equal(ended.code, 1);
    const told = eventsOf(ended).flatMap((event) => (event.kind === 'note' ? [event.message] : []));
    assert.ok(
      told.some((message) => message.startsWith('prod-to-vault, which brings backup/prod, ended with conflict')),
      told.join('\n'),
    );
    await on('target', 'zfs unload-key backup/prod');
    await assertChain();
  });
});
