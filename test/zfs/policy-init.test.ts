/** What `rawsend policy init` finds out about two hosts, and that the policy it writes can be run as it is. */
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parsePolicy } from '../../server/src/core/policy/parse-policy';
import { startHosts, ZFS, type Hosts } from '../support/hosts';
import { finishedOf, rawsend, type Ended, type Rawsend } from '../support/rawsend';
import { assertVault } from './vault';

const PREPARE = `zfs set quota=1T tank/prod
zfs set sharenfs=off tank/prod/app
zfs create -o encryption=off tank/prod/scratch
zfs create -o encryption=off tank/prod/scratch/deeper
zfs snapshot tank/prod@autosnap_2026-11-01_daily`;

describe(`rawsend policy init on ${ZFS}`, function () {
  this.timeout(400_000);
  let lab: Hosts;
  let cli: Rawsend;
  let looked: string;
  const source = (command: string): ReturnType<Hosts['ssh']> => must(lab.ssh('source', command));
  const target = (command: string): ReturnType<Hosts['ssh']> => must(lab.ssh('target', command));
  const state = async (): Promise<string> => {
    const list =
      'zfs list -Hp -t filesystem,volume,snapshot,bookmark -o name,guid; zfs get -Hp -r -o name,property,value,source quota,sharenfs,keylocation,mountpoint,readonly';
    return `${(await source(`${list} tank`)).stdout}${(await target(`${list} backup`)).stdout}`;
  };
  const init = (...more: readonly string[]): Promise<Ended> =>
    cli.run([
      'policy',
      'init',
      'prod:tank/prod',
      'vault:backup/prod',
      '--ssh',
      'prod=source',
      '--ssh',
      'vault=target',
      ...more,
    ]);

  before(async () => {
    lab = await startHosts();
    cli = rawsend(lab.sshConfig);
    await source(PREPARE);
    looked = await state();
  });
  after(() => lab?.stop());

  it('says what the source is and what is not there yet, and changes nothing', async () => {
    const { code, stdout, stderr } = await init();
    assert.equal(code, 0, stderr);
    const { file, problems } = parsePolicy(stdout);
    assert.deepEqual(problems, []);
    assert.deepEqual(file?.policies['prod-to-vault']?.exclude, ['scratch']);
    assert.match(stdout, /# aes-256-gcm, a passphrase at prompt; \d+ datasets/);
    assert.match(stdout, /# Does not exist on vault yet: the first run makes it\./);
    assert.match(stdout, /1 snapshot that begin with `autosnap_`/);
    assert.match(stdout, /quota=1\.0 TiB of tank\/prod[,.]/);
    assert.doesNotMatch(stdout, /In the way/);
    assert.equal(await state(), looked);
  });

  it('names the dataset that was meant', async () => {
    const { code, stderr } = await cli.run(['policy', 'init', 'source:tank/prdo', 'target:backup/prod']);
    assert.equal(code, 2);
    assert.match(stderr, /source has no dataset tank\/prdo\n.*Did you mean tank\/prod\?/);
  });

  it('says at the top what a run would refuse', async () => {
    const { code, stdout } = await cli.run(['policy', 'init', 'source:tank/plain', 'target:backup/none/plain']);
    assert.equal(code, 0);
    assert.match(stdout, /# In the way of a run: tank\/plain is not encrypted/);
    assert.match(stdout, /# In the way of a run: backup\/none does not exist on target/);
    assert.match(stdout, /# NOT ENCRYPTED/);
  });

  it('writes a policy that runs, and then finds its own vault', async () => {
    const file = path.join(mkdtempSync(path.join(tmpdir(), 'rawsend-init-')), 'rawsend.yaml');
    assert.equal((await init('-o', file)).code, 0);
    assert.match(readFileSync(file, 'utf8'), /prefix: rep-/);
    assert.equal((await cli.run(['policy', 'fmt', '--check', file])).code, 0);
    // The guests reach each other only by way of this machine.
    const relayed = `${readFileSync(file, 'utf8')}    transport: { route: relay }\n`;
    const ran = await cli.run(['run', '--yes', '-f', '-', '--format', 'json'], { input: relayed });
    assert.equal(finishedOf(ran).outcome, 'done', ran.stdout.slice(-2000) + ran.stderr);
    await source('zfs destroy -r tank/prod/scratch');
    await assertVault(lab);
    const { stdout } = await init();
    assert.match(stdout, /# Exists on vault: \d+ snapshots, key unavailable\./);
    assert.doesNotMatch(stdout, /In the way/);
  });
});

async function must<T extends { readonly code: number; readonly stderr: string }>(command: Promise<T>): Promise<T> {
  const ended = await command;
  assert.equal(ended.code, 0, ended.stderr);
  return ended;
}
