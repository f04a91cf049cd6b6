/** Hosts that cannot be asked or trusted: one clear message, exit code 3, and nothing is lost. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { startHosts, ZFS, type Hosts } from '../support/hosts';
import { finishedOf, rawsend } from '../support/rawsend';

describe(`hosts that cannot be trusted, of ${ZFS}`, function () {
  this.timeout(400_000);
  let lab: Hosts;
  before(async () => {
    lab = await startHosts();
  });
  after(() => lab?.stop());

  /** A copy of the lab's SSH config whose known_hosts was edited. */
  function withKnownHosts(edit: (text: string) => string): string {
    const config = readFileSync(lab.sshConfig, 'utf8');
    const known = /UserKnownHostsFile\s+"?([^"\n]+)"?/.exec(config)?.[1] ?? '';
    const edited = path.join(path.dirname(lab.sshConfig), `known_hosts.${hash(edit.toString())}`);
    copyFileSync(known, edited);
    writeFileSync(edited, edit(readFileSync(known, 'utf8')));
    const file = `${edited}.config`;
    writeFileSync(file, config.replaceAll(known, edited));
    return file;
  }

  it('refuses a changed host key with both fingerprints', async () => {
    // Each guest is given the other's key: keys that parse, and that are not theirs.
    const config = withKnownHosts((text) => {
      const lines = text
        .trim()
        .split('\n')
        .map((line) => line.split(' '));
      const keys = lines.map((fields) => fields.slice(1).join(' '));
      return `${lines.map((fields, i) => `${fields[0]} ${keys[(i + 1) % keys.length]}`).join('\n')}\n`;
    });
    const ended = await rawsend(config).run(['plan', '-f', lab.policyFile, 'prod-to-vault']);
    assert.equal(ended.code, 3, ended.stdout + ended.stderr);
    assert.equal(new Set(ended.stderr.match(/SHA256:[\w+/]+/g)).size, 2, ended.stderr);
  });

  it('refuses an unknown host key where nobody can answer', async () => {
    const ended = await rawsend(withKnownHosts(() => '\n')).run([
      'run',
      '-f',
      lab.policyFile,
      'prod-to-vault',
      '--yes',
    ]);
    assert.equal(ended.code, 3);
    assert.equal(finishedOf(ended).outcome, 'failed');
    assert.match(finishedOf(ended).message + ended.stderr, /SHA256:/);
  });

  it('says which host is unreachable', async () => {
    const policy = readFileSync(lab.policyFile, 'utf8').replace(
      /vault:\s*\{[^}]*\}/,
      'vault: { ssh: "root@127.0.0.1:1" }',
    );
    const ended = await rawsend(lab.sshConfig).run(['plan', '-f', '-', 'prod-to-vault'], { input: policy });
    assert.equal(ended.code, 3, ended.stderr);
    assert.match(ended.stderr, /127\.0\.0\.1/);
    assert.equal(ended.stderr.trim().split('\n').length, 1, ended.stderr);
  });

  it('does not let the source send to a target whose key is not the one that was verified', async () => {
    // The direct route pins the key that this machine verified: another sshd at the address is refused by the source.
    const policy = readFileSync(lab.policyFile, 'utf8').replace(lab.addressOf('target'), lab.addressOf('source'));
    assert.notEqual(policy, readFileSync(lab.policyFile, 'utf8'));
    const ended = await rawsend(lab.sshConfig).run(['run', '-f', '-', 'prod-to-vault', '--yes'], { input: policy });
    assert.equal(ended.code, 3);
    assert.match(finishedOf(ended).message, /host key/i);
    const { stdout } = await lab.ssh('target', 'zfs list -H -o name -r backup');
    assert.equal(stdout.trim(), 'backup');
  });
});

const hash = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 8);
