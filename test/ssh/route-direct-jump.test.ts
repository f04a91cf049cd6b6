import assert from 'node:assert/strict';
import { chmodSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createTransport } from '../../server/src/connect';
import type { Host, StreamRequest, StreamResult } from '../../server/src/core/run/host';
import { cancelButton, eventually, hostError, isAlive, openSsh, readPid, sh } from '../support/ssh-hosts';
import { makeKey, needSshd, publicKey, startSshd } from '../support/sshd';
import type { Sshd } from '../support/sshd';

describe('the direct route through a jump host', () => {
  let sourceSshd: Sshd;
  let targetSshd: Sshd;
  let bastion: Sshd;
  let strict: Sshd;
  let source: Host;
  let target: Host;

  before(async function () {
    needSshd(this);
    const settings = [[], [], [], ['AllowTcpForwarding no']];
    [sourceSshd, targetSshd, bastion, strict] = (await Promise.all(settings.map(startSshd))) as [
      Sshd,
      Sshd,
      Sshd,
      Sshd,
    ];
    for (const sshd of [sourceSshd, targetSshd]) sshd.trust();
    source = await openSsh(sourceSshd.destination, { home: sourceSshd.home });
    target = await openSsh(targetSshd.destination, { home: targetSshd.home });
  });

  after(async () => {
    for (const host of [source, target]) await host?.close();
    for (const sshd of [sourceSshd, targetSshd, bastion, strict]) await sshd?.stop();
  });

  // The source's ssh trusts all the world, as its configuration says; what it is told on top must count.
  beforeEach(() => {
    rmSync(path('ssh-pids'), { force: true });
    useSsh(knownBy([bastion, strict]));
  });

  afterEach(async () => {
    assert(await eventually(() => !sshPids().some(isAlive)), 'every ssh on the source has ended');
  });

  const path = (name: string): string => join(sourceSshd.home, name);

  /** Of every ssh that the source started: that to the target, then that to the jump host. */
  function sshPids(): readonly number[] {
    const text = existsSync(path('ssh-pids')) ? readFileSync(path('ssh-pids'), 'utf8') : '';
    return text
      .split('\n')
      .filter((line) => line !== '')
      .map(Number);
  }

  /** `stderr` is where what it says goes, as bash writes that. */
  function useSsh(knownHosts: string, more: readonly string[] = [], stderr = ''): void {
    writeFileSync(path('source_known_hosts'), knownHosts);
    const sections = [targetSshd, bastion, strict].map(identityOf);
    const all = [
      'Match all',
      'StrictHostKeyChecking no',
      `UserKnownHostsFile ${path('source_known_hosts')}`,
      'IdentitiesOnly yes',
    ];
    writeFileSync(path('ssh_config'), [...more, ...sections, ...all, ''].join('\n'));
    const file = join(sourceSshd.bin, 'ssh');
    const start = `exec /usr/bin/ssh -F ${path('ssh_config')} "$@" ${stderr}`;
    writeFileSync(file, `#!/bin/bash\necho $$ >> ${path('ssh-pids')}\n${start}\n`);
    chmodSync(file, 0o755);
  }

  function stream(request: Partial<StreamRequest> = {}): Promise<StreamResult> {
    return createTransport('direct').stream({
      source,
      target,
      send: ['echo', 'data'],
      receive: ['cat'],
      jump: bastion.destination,
      onProgress: () => undefined,
      ...request,
    });
  }

  async function check(request: Partial<StreamRequest> = {}): Promise<void> {
    const transport = createTransport('direct');
    await (transport.check ?? assert.fail('no check'))({ source, target, jump: bastion.destination, ...request });
  }

  it('carries bytes unchanged', async () => {
    const result = await stream({ send: ['head', '-c', '20000000', '/dev/zero'], receive: ['sha256sum'] });
    const { stdout } = await source.exec(sh('head -c 20000000 /dev/zero | sha256sum'));
    assert.deepEqual([result.send.code, result.receive.code, result.receive.stdout], [0, 0, stdout.trimEnd()]);
    assert.equal(sshPids().length, 2);
  });

  it('says what every stage says, and nothing of its own', async () => {
    for (let count = 0; count < 5; count += 1) {
      assert.deepEqual(await stream({ send: sh('echo data; echo oh >&2'), receive: sh('cat; echo no >&2; exit 3') }), {
        send: { code: 0, stdout: '', stderr: 'oh\n' },
        receive: { code: 3, stdout: 'data', stderr: 'no\n' },
        bytes: 0,
      });
    }
  });

  it('is tried before anything is sent', () => check());

  it('takes names that the configuration of the source gives', async () => {
    const { port, home, user } = bastion;
    const way = [
      `Host way`,
      '  HostName 127.0.0.1',
      `  Port ${port}`,
      `  User ${user}`,
      `  IdentityFile ${home}/.ssh/id_ed25519`,
    ];
    const dest = ['Host the-target', '  HostName 127.0.0.1', `  Port ${targetSshd.port}`];
    useSsh(knownBy([bastion]), [...way, ...dest]);
    assert.equal((await stream({ jump: 'way', address: 'the-target' })).receive.stdout, 'data');
  });

  it('goes that way and no other', async () => {
    useSsh(knownBy([bastion]), ['Host *', '  ProxyCommand /bin/false']);
    // What the source says of its own ways counts for the jump host alone.
    await hostError(check(), 'disconnected');
    useSsh(knownBy([bastion]), [`Match exec "test %p = ${targetSshd.port}"`, '  ProxyCommand /bin/false', 'Host *']);
    await check();
  });

  it('refuses a jump host that the source does not know, and writes nothing', async () => {
    useSsh('');
    const { message, host } = await hostError(check(), 'host-key-unknown');
    const name = bastion.destination;
    assert(message.startsWith(`${name}, the jump host from vault to vault, is not known to vault; compare`), message);
    assert.match(message, /accept it once on vault, with `ssh -p \d+ \S+@127\.0\.0\.1`; nothing was sent/);
    assert(!message.includes('UNKNOWN port'), message);
    assert.equal(host, 'vault');
    assert.equal(readFileSync(path('source_known_hosts'), 'utf8'), '');
    await hostError(stream({ receive: ['touch', path('deceived')] }), 'host-key-unknown');
    assert(!existsSync(path('deceived')));
  });

  it('refuses a jump host that shows another key', async () => {
    makeKey(path('other'));
    useSsh(`[127.0.0.1]:${bastion.port} ${publicKey(path('other'))}\n`);
    const { message } = await hostError(check(), 'host-key-changed');
    assert.match(message, /shows another key than vault knows it by.*correct known_hosts on vault/);
  });

  it('does not trust a jump host for what the target has to show', async () => {
    const address = `127.0.0.1:${sourceSshd.port}`;
    const { message } = await hostError(check({ address }), 'host-key-changed');
    assert.match(message, /^ssh from vault to vault through \S+ failed/);
  });

  it('says so when the jump host does not connect on', async () => {
    const { message } = await hostError(check({ jump: strict.destination }), 'config');
    assert(message.startsWith(`${strict.destination}, the jump host`), message);
    assert.match(message, /does not let this login connect on to vault; allow it there, with AllowTcpForwarding/);
    assert.match(
      (await hostError(check({ address: '127.0.0.1:1' }), 'unreachable')).message,
      /cannot connect on to vault.*transport\.address.*refused/s,
    );
  });

  it('says so when the jump host cannot be reached or refuses the login', async () => {
    const unreachable = await hostError(check({ jump: 'me@127.0.0.1:1' }), 'unreachable');
    assert.match(unreachable.message, /^me@127\.0\.0\.1:1, the jump host .* cannot be reached from vault; .*refused/s);
    const refused = await hostError(check({ jump: `nobody-here@127.0.0.1:${bastion.port}` }), 'authentication');
    assert.match(
      refused.message,
      /did not accept the login from vault; `ssh -p \d+ nobody-here@127\.0\.0\.1` has to work/,
    );
  });

  it('says so when the target refuses the login behind it', async () => {
    useSsh(knownBy([bastion]), [
      `Match exec "test %p = ${targetSshd.port}"`,
      `  IdentityFile ${path('host_key')}`,
      '  User nobody-here',
      'Match all',
    ]);
    const { message } = await hostError(
      check({ address: `nobody-here@127.0.0.1:${targetSshd.port}` }),
      'authentication',
    );
    assert.match(message, /^ssh from vault to vault through \S+ failed/);
  });

  it('reports a jump host that goes away in the middle', async () => {
    const send = sh(`echo $$ > ${path('cut')}; exec cat /dev/zero`);
    const work = stream({ send, receive: sh(`touch ${path('begun')}; cat >/dev/null`) });
    assert(await eventually(() => existsSync(path('begun'))));
    setTimeout(() => process.kill(sshPids()[1] ?? 0, 'SIGKILL'), 300);
    const { message } = await hostError(work, 'disconnected');
    assert.match(message, /from vault to vault through \S+ was lost while the stream ran/);
    assert(await eventually(() => !isAlive(readPid(path('cut')))));
  });

  it('ends all of it when cancelled', endsWhenCancelled);

  it('ends all of it when cancelled before the source has heard that the receive began', async () => {
    useSsh(knownBy([bastion]), [], '2> >(while IFS= read -r line; do sleep 0.2; echo "$line"; done >&2)');
    await endsWhenCancelled();
  });

  async function endsWhenCancelled(): Promise<void> {
    for (const name of ['a', 'b']) rmSync(path(name), { force: true });
    const button = cancelButton();
    const work = stream({
      send: sh(`echo $$ > ${path('a')}; exec cat /dev/zero`),
      receive: sh(`echo $$ > ${path('b')}; sleep 1000`),
      cancel: button,
    });
    assert(await eventually(() => readPid(path('a')) > 0 && readPid(path('b')) > 0));
    button.press();
    await hostError(work, 'cancelled');
    assert(await eventually(() => !isAlive(readPid(path('a'))) && !isAlive(readPid(path('b')))));
  }

  it('refuses what ssh or a shell could read otherwise', async () => {
    for (const jump of ['two words', '-oProxyCommand=x', 'a:0']) await hostError(check({ jump }), 'config');
    for (const address of ["x';touch$IFS/tmp/x;'", '$(id)', 'a`id`'])
      assert.match((await hostError(check({ address }), 'config')).message, /cannot be given to a jump host/);
  });
});

/** ssh's configuration of the key for one server. */
const identityOf = ({ port, home }: Sshd): string =>
  `Match exec "test %p = ${port}"\n  IdentityFile ${home}/.ssh/id_ed25519`;

const knownBy = (hosts: readonly Sshd[]): string =>
  hosts.map(({ port, hostKey }) => `[127.0.0.1]:${port} ${hostKey}\n`).join('');
