import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { takeRunLock } from '../../../server/src/cli/run/run-lock';
import { temporaryFolder } from '../temporary-folder';

const NOW = new Date('2025-11-23T04:05:06Z');

const request = (folder: string, dataset = 'backup/prod'): Parameters<typeof takeRunLock>[0] => ({
  folder,
  subject: ['cr0x@dest', dataset],
  pid: process.pid,
  now: NOW,
});

/** Takes a lock and rewrites what it says about its holder. */
async function lockHeldBy(change: object): Promise<string> {
  const folder = temporaryFolder();
  assert.ok((await takeRunLock(request(folder))).ok);
  const file = path.join(folder, readdirSync(folder)[0] ?? '');
  const content: unknown = JSON.parse(readFileSync(file, 'utf8'));
  writeFileSync(file, JSON.stringify(Object.assign({}, content, change)));
  return folder;
}

describe('the lock of a run', () => {
  it('is had by one', async () => {
    const folder = temporaryFolder();
    assert.ok((await takeRunLock(request(folder))).ok);
    const second = await takeRunLock(request(folder));
    assert.ok(!second.ok);
    assert.equal(second.error.pid, process.pid);
    assert.equal(second.error.since, NOW.toISOString());
  });

  it('is had by one of many who come at once', async () => {
    const folder = await lockHeldBy({ pid: 2 ** 22 + 1 });
    const taken = await Promise.all(Array.from({ length: 8 }, () => takeRunLock(request(folder))));
    assert.equal(taken.filter((result) => result.ok).length, 1);
    assert.equal(readdirSync(folder).length, 1);
  });

  it('is for one dataset', async () => {
    const folder = temporaryFolder();
    assert.ok((await takeRunLock(request(folder))).ok);
    assert.ok((await takeRunLock(request(folder, 'backup/other'))).ok);
  });

  it('is free again after its release', async () => {
    const folder = temporaryFolder();
    const first = await takeRunLock(request(folder));
    assert.ok(first.ok);
    await first.value.release();
    assert.deepEqual(readdirSync(folder), []);
    assert.ok((await takeRunLock(request(folder))).ok);
  });

  it('is taken over from a process that is gone', async () => {
    assert.ok((await takeRunLock(request(await lockHeldBy({ pid: 2 ** 22 + 1 })))).ok);
  });

  it('is taken over when its number belongs to a later process', async () => {
    assert.ok((await takeRunLock(request(await lockHeldBy({ started: '1' })))).ok);
  });

  it('is taken over when its file is garbage', async () => {
    const folder = await lockHeldBy({});
    writeFileSync(path.join(folder, readdirSync(folder)[0] ?? ''), '');
    assert.ok((await takeRunLock(request(folder))).ok);
  });
});
