/** A user who is not root at either end, with the permissions that are written down and no others. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { finishedOf, rawsend, type Ended } from '../support/rawsend';
import { startHosts, ZFS, type Hosts } from '../support/hosts';
import { assertVault } from './vault';

const LET_IN = 'mkdir -p ~alice/.ssh && cp ~/.ssh/authorized_keys ~alice/.ssh && chown -R alice ~alice/.ssh';
const AT_SOURCE = 'zfs allow alice send,hold,release,snapshot,bookmark,mount tank/prod';
/** The source logs in to the target with a key of its own user. */
const WITH_KEY = 'cp ~/.ssh/id_ed25519 ~alice/.ssh/ && chown -R alice ~alice/.ssh';

describe(`delegated users on ${ZFS}`, function () {
  this.timeout(400_000);
  let lab: Hosts;
  let run: () => Promise<Ended>;

  before(async () => {
    lab = await startHosts();
    const policy = readFileSync(lab.policyFile, 'utf8')
      .replace('{ ssh: source }', '{ ssh: alice@source }')
      .replace('{ ssh: target }', '{ ssh: alice@target }')
      .replace('root@', 'alice@');
    const cli = rawsend(lab.sshConfig);
    run = () => cli.run(['run', '-f', '-', '--yes', '--format', 'json'], { input: policy });
    await on('source', `${LET_IN}; ${WITH_KEY}; ${AT_SOURCE}`);
    await on('target', `${LET_IN}; zfs allow alice receive,create,mount,change-key backup`);
  });
  after(() => lab?.stop());

  async function on(host: 'source' | 'target', command: string): Promise<void> {
    const { code, stderr } = await lab.ssh(host, command);
    assert.equal(code, 0, stderr);
  }

  it('stop at the first copy that cannot be protected, and say what to delegate', async () => {
    const ended = await run();
    const { outcome, message } = finishedOf(ended);
    assert.equal(outcome, 'failed', ended.stdout.slice(-2000));
    assert.match(message, /did not set mountpoint, readonly/);
    const listed = await lab.ssh('target', 'zfs list -H -o name,mounted -r backup/prod');
    assert.equal(listed.stdout, 'backup/prod\tno\n');
    const allow = /`(zfs allow USER .+?)`/.exec(message)?.[1];
    assert.ok(allow !== undefined, message);
    await on('target', allow.replace('USER', 'alice'));
  });

  it('have a vault once that is done', async () => {
    const ended = await run();
    assert.equal(finishedOf(ended).outcome, 'done', ended.stdout.slice(-3000));
    await assertVault(lab);
  });
});
