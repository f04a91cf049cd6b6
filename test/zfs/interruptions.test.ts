/** What is cut, and when, on real OpenZFS: each time the next run says what stands in the way, or goes on to the end. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { RunEvent } from '../../server/src/core/run/event';
import { eventsOf, finishedOf, rawsend, type Ended, type Rawsend } from '../support/rawsend';
import { startHosts, ZFS, type Hosts } from '../support/hosts';
import { assertVault } from './vault';

type OnEvent = (event: RunEvent, kill: (signal: NodeJS.Signals) => void) => void;

describe(`interruptions on ${ZFS}`, function () {
  this.timeout(400_000);
  let lab: Hosts;
  let cli: Rawsend;
  let policy: string;

  before(async () => {
    lab = await startHosts({ latency: 50 });
    cli = rawsend(lab.sshConfig);
    policy = readFileSync(lab.policyFile, 'utf8').replace('route: direct', 'limit: 4MiB/s, route: relay');
  });
  after(() => lab?.stop());

  const on = async (host: 'source' | 'target', command: string): Promise<string> => {
    const { code, stdout, stderr } = await lab.ssh(host, command);
    assert.equal(code, 0, stderr);
    return stdout;
  };

  const run = (onEvent: OnEvent = () => undefined, text = policy): Promise<Ended> =>
    cli.run(['run', '-f', '-', '--yes', '--format', 'json'], { input: text, onEvent });

  /** Runs, kills the receive at the first event that fits: the run fails. */
  async function runAndCut(when: (event: RunEvent) => boolean): Promise<void> {
    let killed: ReturnType<Hosts['ssh']> | undefined;
    const kill = 'for try in $(seq 40); do kill -KILL $(pidof zfs) && exit; sleep 0.1; done 2>/dev/null; exit 1';
    const ended = await run((event) => {
      if (when(event)) killed ??= lab.ssh('target', kill);
    });
    assert.equal((await killed)?.code, 0, `nothing was cut\n${ended.stdout.slice(-2000)}`);
    assert.equal(finishedOf(ended).outcome, 'failed', ended.stdout.slice(-2000));
    assert.equal(ended.code, 3);
    await untilEnded();
  }

  /** Neither end learns at once that nobody carries the stream any more, and a send keeps its snapshot busy. */
  async function untilEnded(): Promise<void> {
    for (const host of ['target', 'source'] as const)
      await on(host, 'for try in $(seq 100); do pidof zfs >/dev/null || exit 0; sleep 0.2; done; exit 1');
  }

  async function assertConflict(code: string): Promise<readonly string[]> {
    const ended = await run();
    assert.equal(finishedOf(ended).outcome, 'conflict', ended.stdout.slice(-2000));
    assert.equal(ended.code, 1);
    const found = eventsOf(ended).find((event) => event.kind === 'conflict');
    assert.ok(found?.kind === 'conflict' && found.code === code, JSON.stringify(found));
    return found.choices;
  }

  async function assertDone(): Promise<void> {
    const ended = await run();
    assert.equal(finishedOf(ended).outcome, 'done', ended.stdout.slice(-2000));
    await assertVault(lab);
  }

  it('takes what a choice says about a token whose snapshot is gone, after its own death', async () => {
    await on(
      'source',
      'zfs create tank/prod/big && dd if=/dev/urandom of=/tank/prod/big/file bs=1M count=12 2>/dev/null; ' +
        'zfs snapshot tank/prod/big@first',
    );
    const killed = await run((event, kill) => {
      if (event.kind === 'progress' && (event.total ?? 0) > 1e7 && event.bytes > 2e6) kill('SIGKILL');
    });
    assert.equal(eventsOf(killed).at(-1)?.kind, 'progress', killed.stdout.slice(-500));
    await untilEnded();
    await on('source', 'zfs destroy tank/prod/big@first');
    const [abort] = await assertConflict('stale-token');
    await on('target', /`(.+?)`/.exec(abort ?? '')?.[1] ?? 'false');
  });

  it('goes on after the adoption was cut', async () => {
    await runAndCut((event) => event.kind === 'step-started' && event.title.startsWith('Give the datasets'));
    await assertDone();
  });

  it('waits for a receive that outlived its run', async () => {
    await on('source', 'date >/tank/prod/db/now; sync');
    await on('target', '(sleep 600 | zfs receive -s -u backup/prod/db) >/dev/null 2>&1 & sleep 0.5');
    const choices = await assertConflict('another-run');
    await on('target', `${/`(kill .+?)`/.exec(choices.join())?.[1] ?? 'false'}; kill $(pidof sleep)`);
    await assertDone();
  });
});
