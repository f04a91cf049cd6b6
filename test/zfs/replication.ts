/** From a policy to a verified raw send, on real OpenZFS over real SSH, by the command line as it ships. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import type { Route } from '../../server/src/core/policy/policy';
import type { Receipt } from '../../server/src/core/run/receipt';
import { startHosts, ZFS, type Hosts } from '../support/hosts';
import { eventsOf, finishedOf, rawsend, type Ended, type Rawsend } from '../support/rawsend';
import { assertForeseen, foresee } from './foresight';
import { assertVault, holdsOf } from './vault';

/** A receive that was stopped saves what has arrived before it ends, which is not at once under emulation. */
const ENDED = 'for i in $(seq 40); do pidof zfs >/dev/null || exit 0; sleep 0.5; done; exit 1';

/**
 * Bytes sent after which the receive writes. Up to 4.3 MB stand in the buffers of SSH before it reads, and a signal
 * that comes while it begins (it waits for a transaction group, twice) is not seen before its end: it takes the whole
 * stream, and then ends as killed (OpenZFS 2.3.2).
 */
const UNDER_WAY = 8e6;

const TAG = 'rawsend:prod-to-vault:vault';

export function replicationTests(route: Route): void {
  describe(`a policy on ${ZFS}, route ${route}`, function () {
    this.timeout(400_000);
    let lab: Hosts;
    let cli: Rawsend;
    let policy: string;

    before(async () => {
      lab = await startHosts({ rate: 16 * 2 ** 20 });
      cli = rawsend(lab.sshConfig);
      policy = readFileSync(lab.policyFile, 'utf8').replace(/route: \w+/, `route: ${route}`);
    });
    after(() => lab?.stop());

    const run = (extra: Parameters<Rawsend['run']>[1] = {}): Promise<Ended> =>
      cli.run(['run', '-f', '-', 'prod-to-vault', '--yes', '--format', 'json'], { input: policy, ...extra });

    async function assertDone(ended: Ended): Promise<void> {
      const finished = finishedOf(ended);
      assert.equal(finished.outcome, 'done', `${finished.message}\n${ended.stdout.slice(-3000)}\n${ended.stderr}`);
      assert.equal(ended.code, 0);
      assert.ok(finished.receipt !== undefined && existsSync(finished.receipt));
      const receipt = JSON.parse(readFileSync(finished.receipt, 'utf8')) as Receipt;
      assert.equal(receipt.outcome, 'done');
      assert.ok(receipt.checks.length > 20);
      assert.deepEqual(
        receipt.checks.filter((check) => !check.ok),
        [],
      );
      await assertVault(lab);
      await assertOneHold();
    }

    /** The base is held on every dataset of the source, the base before it no longer. */
    async function assertOneHold(): Promise<void> {
      const holds = await holdsOf(lab, 'source', 'tank/prod');
      const held = [...holds].filter(([, tags]) => tags.includes(TAG)).map(([snapshot]) => snapshot);
      const { stdout } = await lab.ssh('source', 'zfs list -H -o name -t filesystem,volume -r tank/prod');
      const datasets = stdout.trim().split('\n').toSorted();
      assert.deepEqual(held.map((snapshot) => snapshot.slice(0, snapshot.indexOf('@'))).toSorted(), datasets);
      assert.equal(new Set(held.map((snapshot) => snapshot.slice(snapshot.indexOf('@')))).size, 1, held.join(' '));
    }

    it('sends everything the first time, and the target is what the plan foresaw', async () => {
      const foreseen = await foresee(cli, policy);
      await assertDone(await run());
      await assertForeseen(lab, foreseen);
    });

    it('is up to date when nothing was written', async () => {
      const ended = await run();
      assert.equal(finishedOf(ended).outcome, 'up-to-date', ended.stdout.slice(-2000));
      assert.equal(ended.code, 0);
    });

    it('sends an increment after writes', async () => {
      await lab.ssh('source', 'dd if=/dev/urandom of=/tank/prod/db/rows bs=1M count=3 2>/dev/null; sync');
      const ended = await run();
      await assertDone(ended);
      assert.deepEqual(
        eventsOf(ended).filter((event) => event.kind === 'step-finished' && !event.ok),
        [],
      );
    });

    it('takes in a new child and a changed volume', async () => {
      const { code, stderr } = await lab.ssh(
        'source',
        'zfs create tank/prod/new && echo first >/tank/prod/new/file && ' +
          'dd if=/dev/urandom of=/dev/zvol/tank/prod/vol bs=1M count=2 conv=notrunc 2>/dev/null || ' +
          'dd if=/dev/urandom of=/dev/zd0 bs=1M count=2 conv=notrunc; sync',
      );
      assert.equal(code, 0, stderr);
      const foreseen = await foresee(cli, policy);
      await assertDone(await run());
      await assertForeseen(lab, foreseen);
    });

    it('goes on after a receive that was killed half-way', async () => {
      await lab.ssh('source', 'dd if=/dev/urandom of=/tank/prod/db/large bs=1M count=48 2>/dev/null; sync');
      let killed: ReturnType<Hosts['ssh']> | undefined;
      const cut = await run({
        onEvent: (event) => {
          if (event.kind === 'progress' && event.bytes > UNDER_WAY)
            killed ??= lab.ssh('target', 'kill -KILL $(pidof zfs)');
        },
      });
      assert.ok(killed, 'the stream was over before it could be cut');
      assert.equal((await killed).code, 0, (await killed).stderr);
      const finished = finishedOf(cut);
      assert.equal(finished.outcome, 'failed');
      assert.equal(cut.code, 3);
      assert.match(finished.message, /again|resume/);
      assert.equal((await lab.ssh('target', ENDED)).code, 0, 'the killed receive does not end');
      const token = await lab.ssh('target', 'zfs get -H -o value receive_resume_token backup/prod/db');
      assert.match(token.stdout, /^1-/, finished.message);
      const again = await run();
      assert.ok(eventsOf(again).some((event) => event.kind === 'step-started' && /interrupted/.test(event.title)));
      await assertDone(again);
    });

    it('stops cleanly when it is told to, and says how to go on', async () => {
      await lab.ssh('source', 'dd if=/dev/urandom of=/tank/prod/app/large bs=1M count=48 2>/dev/null; sync');
      let told = false;
      const stopped = await run({
        onEvent: (event, kill) => {
          if (told || event.kind !== 'progress' || event.bytes < UNDER_WAY) return;
          told = true;
          kill('SIGINT');
        },
      });
      assert.ok(told, 'the stream was over before it could be stopped');
      assert.equal(finishedOf(stopped).outcome, 'cancelled');
      assert.equal(stopped.code, 3);
      assert.match(finishedOf(stopped).message, /again|resume/);
      for (const host of ['source', 'target'] as const)
        assert.equal((await lab.ssh(host, ENDED)).code, 0, `zfs still runs on ${host}`);
      await assertDone(await run());
    });

    it('verifies on demand, and sees what was done to the vault', async () => {
      const good = await cli.run(['verify', '-f', '-', 'prod-to-vault', '--format', 'json'], { input: policy });
      assert.equal(good.code, 0, good.stderr);
      await lab.ssh('target', 'zfs set mountpoint=/somewhere backup/prod/app');
      const bad = await cli.run(['verify', '-f', '-', 'prod-to-vault', '--format', 'json'], { input: policy });
      assert.equal(bad.code, 1);
      const { checks } = JSON.parse(bad.stdout) as Receipt;
      const failed = checks.filter((check) => !check.ok).map((check) => check.dataset);
      assert.deepEqual([...new Set(failed)], ['backup/prod/app']);
      await lab.ssh('target', 'zfs inherit mountpoint backup/prod/app');
    });
  });
}
