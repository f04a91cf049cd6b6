import assert from 'node:assert/strict';
import { chmodSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createTransport } from '../../server/src/connect';
import type { Host, StreamRequest, StreamResult } from '../../server/src/core/run/host';
import { cancelButton, eventually, hostError, isAlive, openLocal, openSsh, readPid, sh } from '../support/ssh-hosts';
import { needSshd, startSshd } from '../support/sshd';
import type { Sshd } from '../support/sshd';

describe('the direct route', () => {
  let sourceSshd: Sshd;
  let targetSshd: Sshd;
  let source: Host;
  let target: Host;

  before(async function () {
    needSshd(this);
    sourceSshd = await startSshd();
    targetSshd = await startSshd();
    for (const sshd of [sourceSshd, targetSshd]) sshd.trust();
    source = await openSsh(sourceSshd.destination, { home: sourceSshd.home });
    target = await openSsh(targetSshd.destination, { home: targetSshd.home });
    mkdirSync(path('tmp'));
  });

  after(async () => {
    for (const host of [source, target]) await host?.close();
    for (const sshd of [sourceSshd, targetSshd]) await sshd?.stop();
  });

  // The source's own ssh: its user's key, a trusting configuration that must not count, and a folder for temporary files.
  beforeEach(() => useSsh(['StrictHostKeyChecking no', 'UserKnownHostsFile /dev/null']));

  afterEach(() => {
    assert.deepEqual(readdirSync(path('tmp')), [], 'the pinned key is removed');
    rmSync(join(sourceSshd.bin, 'pv'), { force: true });
  });

  const path = (name: string): string => join(sourceSshd.home, name);

  function useSsh(configuration: readonly string[], identity = join(targetSshd.home, '.ssh', 'id_ed25519')): void {
    writeFileSync(
      path('ssh_config'),
      [...configuration, `IdentityFile ${identity}`, 'IdentitiesOnly yes', ''].join('\n'),
    );
    program('ssh', `exec /usr/bin/ssh -F ${path('ssh_config')} "$@"`);
    program('mktemp', `exec /usr/bin/mktemp -p ${path('tmp')}`);
  }

  function program(name: string, script: string): void {
    writeFileSync(join(sourceSshd.bin, name), `#!/bin/sh\n${script}\n`);
    chmodSync(join(sourceSshd.bin, name), 0o755);
  }

  function stream(request: Partial<StreamRequest>): Promise<StreamResult> {
    return createTransport('direct').stream({
      source,
      target,
      send: ['echo', 'data'],
      receive: ['cat'],
      onProgress: () => undefined,
      ...request,
    });
  }

  it('carries bytes unchanged, without this process', async () => {
    const result = await stream({ send: ['head', '-c', '20000000', '/dev/zero'], receive: ['sha256sum'] });
    const { stdout } = await source.exec(sh('head -c 20000000 /dev/zero | sha256sum'));
    assert.deepEqual([result.send.code, result.receive.code, result.receive.stdout], [0, 0, stdout.trimEnd()]);
  });

  it('keeps what every stage says apart, and adds up the progress of each snapshot', async () => {
    const progress: number[] = [];
    const lines = ['full\ttank@a\t9', '12:00:01\t5\ttank@a', '12:00:02\t9\ttank@a', '12:00:03\t4\ttank/b@a', 'last'];
    const result = await stream({
      send: ['sh', '-c', `printf '%s' "$0" >&2; echo data`, lines.join('\n')],
      receive: sh(`printf 'no newline' >&2; cat`),
      onProgress: (bytes) => progress.push(bytes),
    });
    assert.deepEqual(result, {
      send: { code: 0, stdout: '', stderr: 'full\ttank@a\t9\nlast' },
      receive: { code: 0, stdout: 'data', stderr: 'no newline' },
      bytes: 13,
    });
    assert.equal(progress.at(-1), 13);
  });

  it('reports a send that fails', async () => {
    const result = await stream({ send: sh('echo half; echo oh >&2; exit 3') });
    assert.deepEqual([result.send.code, result.send.stderr, result.receive.code], [3, 'oh\n', 0]);
  });

  it('reports a receive that fails, whatever comes after it', async () => {
    const result = await stream({
      send: ['cat', '/dev/zero'],
      receive: sh('head -c 1000 >/dev/null; echo full >&2; exit 5'),
    });
    assert.deepEqual([result.receive.code, result.receive.stderr], [5, 'full\n']);
    assert.notEqual(result.send.code, 0);
  });

  it('reports a receive that is killed', async () => {
    const result = await stream({ receive: sh('kill -KILL $$') });
    assert.equal(result.receive.code, 137);
  });

  it('reports both when both fail', async () => {
    const result = await stream({ send: sh('exit 4'), receive: sh('exit 6') });
    assert.deepEqual([result.send.code, result.receive.code], [4, 6]);
  });

  it('tries the way before anything is sent', async () => {
    const check = createTransport('direct').check ?? assert.fail('no check');
    await check({ source, target });
    useSsh([], join(sourceSshd.home, 'no-such-key'));
    const { code, message } = await hostError(check({ source, target }), 'authentication');
    assert.deepEqual([code, /ssh from \S+ to \S+ failed/.test(message)], ['authentication', true], message);
  });

  it('sends through pv where there is a limit', async () => {
    program('pv', `echo "$*" > ${path('pv-arguments')}; exec cat`);
    const result = await stream({ limit: 1000.5 });
    assert.deepEqual([result.send.code, result.receive.stdout], [0, 'data']);
    assert.equal(readFileSync(path('pv-arguments'), 'utf8'), '-q -L 1001\n');
  });

  it('counts a limiter that fails as a failed send', async () => {
    program('pv', 'cat; exit 2');
    const result = await stream({ limit: 1000 });
    assert.deepEqual([result.send.code, result.receive.code], [2, 0]);
  });

  it('says so when there is a limit and no pv', async function () {
    if (existsSync('/usr/bin/pv')) {
      process.stderr.write('skipped: pv is installed here\n');
      this.skip();
    }
    assert.match((await hostError(stream({ limit: 1000 }), 'config')).message, /needs pv/);
  });

  it('says so when the target cannot be reached from the source', async () => {
    const { message } = await hostError(stream({ address: '127.0.0.1:1' }), 'unreachable');
    assert.match(message, /refused/);
  });

  it('refuses another machine at that address, though the source trusts everything', async () => {
    useSsh([`StrictHostKeyChecking no`], join(sourceSshd.home, '.ssh', 'id_ed25519'));
    const work = stream({ address: `127.0.0.1:${sourceSshd.port}`, receive: ['touch', path('deceived')] });
    await hostError(work, 'host-key-changed');
    assert(!existsSync(path('deceived')));
  });

  it('says so when the source may not log in', async () => {
    useSsh([], join(sourceSshd.home, 'host_key'));
    await hostError(stream({}), 'authentication');
  });

  it('reaches the target by another address', async () => {
    useSsh(['Host the-target', '  HostName 127.0.0.1', `  Port ${targetSshd.port}`, 'Host *']);
    assert.equal((await stream({ address: 'the-target' })).receive.stdout, 'data');
    await hostError(stream({ address: 'two words' }), 'config');
  });

  it('reports an ssh that dies in the middle', async () => {
    // Without a terminal a shell gives its background commands no input, so the wrapper passes its own on.
    program('ssh', `exec 4<&0; /usr/bin/ssh -F ${path('ssh_config')} "$@" <&4 & sleep 1; kill -KILL $!; wait $!`);
    const send = sh(`echo $$ > ${path('cut')}; exec cat /dev/zero`);
    await hostError(stream({ send, receive: sh('cat >/dev/null') }), 'disconnected');
    assert(await eventually(() => !isAlive(readPid(path('cut')))));
  });

  it('ends both pipelines when cancelled, though the receive is blocked', async () => {
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
  });

  it('says so when the target is this machine', async () => {
    assert.match((await hostError(stream({ target: await openLocal() }), 'config')).message, /relay/);
  });
});
