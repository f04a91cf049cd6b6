/** What a plan refuses, on real OpenZFS: it says what is wrong and what the choices are, and nothing is sent. */
import assert from 'node:assert/strict';
import type { Conflict, Plan } from '../../server/src/core/plan/plan';
import { startHosts, ZFS, type Hosts } from '../support/hosts';
import { PASSPHRASE } from '../../scripts/zfs-lab/saved-guests';
import { finishedOf, rawsend, type Rawsend } from '../support/rawsend';

const LOAD_KEY = `echo '${PASSPHRASE}' | zfs load-key backup/prod`;

describe(`conflicts on ${ZFS}`, function () {
  this.timeout(400_000);
  let lab: Hosts;
  let cli: Rawsend;
  const target = (command: string): ReturnType<Hosts['ssh']> => must(lab.ssh('target', command));
  const source = (command: string): ReturnType<Hosts['ssh']> => must(lab.ssh('source', command));
  const run = (...args: string[]): ReturnType<Rawsend['run']> =>
    cli.run([...args, '-f', lab.policyFile, 'prod-to-vault', '--format', 'json']);

  before(async () => {
    lab = await startHosts();
    cli = rawsend(lab.sshConfig);
    const first = await run('run', '--yes');
    assert.equal(finishedOf(first).outcome, 'done', first.stdout.slice(-2000));
  });
  after(() => lab?.stop());

  async function snapshots(): Promise<string> {
    const list = 'zfs list -Hp -t snapshot -o name,guid,ivsetguid -r';
    return (await source(`${list} tank/prod`)).stdout + (await target(`${list} backup`)).stdout;
  }

  /** `plan` and `run` both refuse, with this conflict among theirs, and leave both hosts as they were. */
  async function assertRefused(code: Conflict['code'], subject: string): Promise<Conflict> {
    const before = await snapshots();
    const planned = await run('plan');
    assert.equal(planned.code, 1, planned.stderr);
    const { jobs } = JSON.parse(planned.stdout) as Plan;
    assert.equal(jobs[0]?.status, 'conflict');
    assert.deepEqual(jobs[0]?.steps, []);
    const found = jobs[0]?.conflicts.find((conflict) => conflict.code === code && conflict.subject === subject);
    assert.ok(found, `no ${code} about ${subject} in ${JSON.stringify(jobs[0]?.conflicts, undefined, 1)}`);
    assert.ok(found.choices.length > 0);
    const ran = await run('run', '--yes');
    assert.equal(finishedOf(ran).outcome, 'conflict');
    assert.equal(ran.code, 1);
    assert.equal(await snapshots(), before);
    return found;
  }

  it('a snapshot of the target that the source does not have', async () => {
    await target('zfs snapshot backup/prod/db@autosnap_daily');
    const { message } = await assertRefused('foreign-snapshot', 'backup/prod/db@autosnap_daily');
    assert.match(message, /backup\/prod\/db@autosnap_daily/);
    await target('zfs destroy backup/prod/db@autosnap_daily');
  });

  it('a key that is loaded in the vault', async () => {
    await target(LOAD_KEY);
    const { message } = await assertRefused('key-loaded', 'backup/prod');
    assert.match(message, /key/);
    await target('zfs unload-key backup/prod');
  });

  it('a non-raw receive into the vault: equal guid, other ivsetguid', async () => {
    await target(LOAD_KEY);
    const base =
      (await target('zfs list -H -o name -t snapshot -d 1 -s createtxg backup/prod/db')).stdout
        .trim()
        .split('@')
        .at(-1) ?? '';
    await source('dd if=/dev/urandom of=/tank/prod/db/leak bs=64k count=1 2>/dev/null; zfs snapshot tank/prod/db@leak');
    const send = await lab.ssh('source', `zfs send -i @${base} tank/prod/db@leak | base64`);
    await must(lab.ssh('target', 'base64 -d | zfs receive -u backup/prod/db', { input: send.stdout }));
    await target('zfs unload-key backup/prod');
    const guids = async (host: 'source' | 'target', name: string): Promise<readonly string[]> =>
      (await lab.ssh(host, `zfs list -Hp -t snapshot -o guid,ivsetguid ${name}`)).stdout.trim().split('\t');
    const [ours, theirs] = [await guids('source', 'tank/prod/db@leak'), await guids('target', 'backup/prod/db@leak')];
    assert.equal(ours[0], theirs[0], 'the guids are equal: guid alone does not tell');
    const { message } = await assertRefused('diverged', 'backup/prod/db@leak');
    for (const ivsetguid of [ours[1], theirs[1]]) assert.ok(ivsetguid && message.includes(ivsetguid), message);
    assert.match(message, /db@leak/);
  });
});

async function must(answer: ReturnType<Hosts['ssh']>): ReturnType<Hosts['ssh']> {
  const result = await answer;
  assert.equal(result.code, 0, result.stderr);
  return result;
}
