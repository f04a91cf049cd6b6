import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { closeSync, existsSync, openSync, readSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { createTransport } from '../../server/src/connect';
import type { Host, StreamRequest, StreamResult } from '../../server/src/core/run/host';
import { cancelButton, eventually, hostError, isAlive, openLocal, openSsh, readPid, sh } from '../support/ssh-hosts';
import { runShell, startOddServer } from '../support/ssh-odd-server';
import { needSshd, startSshd } from '../support/sshd';
import type { Sshd } from '../support/sshd';

const MIB = 1024 * 1024;

describe('the relay route', () => {
  let sshd: Sshd;
  let source: Host;
  let target: Host;

  before(async function () {
    needSshd(this);
    sshd = await startSshd();
    sshd.trust();
    source = await openSsh(sshd.destination, { home: sshd.home });
    target = await openSsh(sshd.destination, { home: sshd.home });
  });

  after(async () => {
    await source?.close();
    await target?.close();
    await sshd?.stop();
  });

  function stream(request: Pick<StreamRequest, 'send' | 'receive'> & Partial<StreamRequest>): Promise<StreamResult> {
    return createTransport('relay').stream({ source, target, onProgress: () => undefined, ...request });
  }

  const path = (name: string): string => join(sshd.home, name);

  for (const [title, ends] of [
    ['host to host', () => ({ source, target })],
    ['here to host', async () => ({ source: await openLocal(), target })],
    ['host to here', async () => ({ source, target: await openLocal() })],
    ['here to here', async () => ({ source: await openLocal(), target: await openLocal() })],
  ] as const) {
    it(`carries 64 MiB unchanged, ${title}, in flat memory`, async () => {
      const digest = makeData(path('data'), 64 * MIB);
      const before = process.memoryUsage().rss;
      const progress: number[] = [];
      const request = {
        send: ['cat', path('data')],
        receive: ['sha256sum'],
        onProgress: (bytes: number) => progress.push(bytes),
      };
      const result = await stream({ ...request, ...(await ends()) });
      const growth = process.memoryUsage().rss - before;
      assert.deepEqual([result.send.code, result.receive.code, result.bytes], [0, 0, 64 * MIB]);
      assert.equal(result.receive.stdout, `${digest}  -\n`);
      assert.equal(progress.at(-1), 64 * MIB);
      assert(growth < 48 * MIB, `memory grew by ${growth} bytes`);
    });
  }

  it('stalls the source when the target does not read', async () => {
    const button = cancelButton();
    let bytes = 0;
    const work = stream({
      send: ['cat', '/dev/zero'],
      receive: ['sleep', '1000'],
      cancel: button,
      onProgress: (count) => (bytes = count),
    });
    setTimeout(button.press, 1500);
    await hostError(work, 'cancelled');
    assert(bytes > 0 && bytes < 32 * MIB, `${bytes} bytes`);
  });

  it('keeps a limit', async () => {
    const start = performance.now();
    const result = await stream({
      send: ['head', '-c', String(2 * MIB), '/dev/zero'],
      receive: ['wc', '-c'],
      limit: 2 * MIB,
    });
    const seconds = (performance.now() - start) / 1000;
    assert.equal(result.receive.stdout.trim(), String(2 * MIB));
    assert(seconds > 0.7 && seconds < 3, `${seconds} s`);
  });

  it('keeps what both sides say apart, without progress lines', async () => {
    const says = `printf 'full\\ttank@a\\t9\\n12:00:01\\t5\\ttank@a\\n12:00:02\\t9\\ttank@a\\nwarning' >&2; echo data`;
    const result = await stream({ send: sh(says), receive: sh('cat; echo done >&2') });
    assert.equal(result.send.stderr, 'full\ttank@a\t9\nwarning');
    assert.deepEqual([result.receive.stdout, result.receive.stderr, result.bytes], ['data\n', 'done\n', 5]);
  });

  it('does not choke on a huge standard error', async () => {
    const noise = 'yes noise | head -c 3000000 >&2';
    const result = await stream({ send: sh(`${noise}; echo data`), receive: sh(`${noise}; cat`) });
    assert.equal(result.receive.stdout, 'data\n');
    assert(result.send.stderr.length < 100_000 && result.receive.stderr.length < 100_000);
  });

  it('closes the source when the destination dies', async () => {
    const send = sh(`echo $$ > ${path('sender')}; exec cat /dev/zero`);
    const result = await stream({ send, receive: sh('head -c 1000000 >/dev/null; echo full >&2; exit 9') });
    assert.equal(result.receive.code, 9);
    assert.equal(result.receive.stderr, 'full\n');
    assert.notEqual(result.send.code, 0);
    assert(await eventually(() => !isAlive(readPid(path('sender')))));
  });

  it('lets a send finish that ends after its receive', async () => {
    const result = await stream({ send: sh('echo data; sleep 0.5; exit 0'), receive: ['head', '-n', '1'] });
    assert.deepEqual([result.send.code, result.receive.code, result.receive.stdout], [0, 0, 'data\n']);
  });

  it('gives the destination no end of input when the source dies', async () => {
    const receive = sh(`cat > ${path('half')}; echo complete > ${path('complete')}`);
    const result = await stream({ send: sh('head -c 100000 /dev/zero; sleep 0.2; kill -KILL $$'), receive });
    assert.deepEqual([result.send.code, result.receive.code], [137, 143]);
    assert.equal(statSync(path('half')).size, 100_000);
    assert(!existsSync(path('complete')));
  });

  it('ends both pipelines when cancelled, blocked or not', async () => {
    const button = cancelButton();
    const work = stream({
      send: sh(`echo $$ > ${path('a')}; cat /dev/zero | cat`),
      receive: sh(`echo $$ > ${path('b')}; sleep 1000`),
      cancel: button,
    });
    assert(await eventually(() => readPid(path('a')) > 0 && readPid(path('b')) > 0));
    button.press();
    await hostError(work, 'cancelled');
    assert(await eventually(() => !isAlive(readPid(path('a'))) && !isAlive(readPid(path('b')))));
    assert.equal((await target.exec(['echo', 'still here'])).stdout, 'still here\n');
  });

  it('reports a source that is lost in the middle, and ends the receive without an end of input', async () => {
    const server = await startOddServer({ onExec: runShell });
    const odd = await openSsh(server.destination, { home: server.home });
    try {
      const receive = sh(`cat > /dev/null; echo complete > ${path('complete-lost')}`);
      const work = stream({ source: odd, send: sh('head -c 1000000 /dev/zero; sleep 5'), receive });
      setTimeout(() => server.clients.at(-1)?.end(), 300);
      await hostError(work, 'disconnected');
      assert(!existsSync(path('complete-lost')));
    } finally {
      await odd.close();
      await server.stop();
    }
  });

  it('reports a target that is lost in the middle, and ends the send', async () => {
    const server = await startOddServer({ onExec: runShell });
    const odd = await openSsh(server.destination, { home: server.home });
    try {
      const send = sh(`echo $$ > ${path('orphan')}; exec cat /dev/zero`);
      const work = stream({ target: odd, send, receive: sh('cat >/dev/null') });
      setTimeout(() => server.clients.at(-1)?.end(), 300);
      await hostError(work, 'disconnected');
      assert(await eventually(() => !isAlive(readPid(path('orphan')))));
    } finally {
      await odd.close();
      await server.stop();
    }
  });

  it('refuses hosts of other making', async () => {
    const foreign: Host = { name: 'x', exec: source.exec, execAll: source.execAll, close: async () => undefined };
    await assert.rejects(stream({ source: foreign, send: ['true'], receive: ['true'] }), /not opened by openHost/);
  });
});

/** Random bytes in a file, and their digest. */
function makeData(file: string, bytes: number): string {
  const hash = createHash('sha256');
  const from = openSync('/dev/urandom', 'r');
  const to = openSync(file, 'w');
  const chunk = Buffer.alloc(MIB);
  for (let done = 0; done < bytes; done += chunk.length) {
    readSync(from, chunk);
    writeSync(to, chunk);
    hash.update(chunk);
  }
  closeSync(from);
  closeSync(to);
  return hash.digest('hex');
}
