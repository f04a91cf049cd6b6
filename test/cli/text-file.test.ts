import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { readTextFile, replaceFile, writeAtomically } from '../../server/src/cli/text-file';
import { temporaryFolder } from './temporary-folder';

describe('text files', () => {
  it('of any length are read, or their beginning', async () => {
    const file = path.join(temporaryFolder(), 'long.sh');
    const text = 'zfs list\n'.repeat(20_000);
    writeFileSync(file, text);
    const whole = await readTextFile(file);
    assert.equal(whole.ok && whole.value.text, text);
    const beginning = await readTextFile(file, 100_000);
    assert.equal(beginning.ok && beginning.value.text, text.slice(0, 100_000));
  });

  it('are told from binary ones', async () => {
    const file = path.join(temporaryFolder(), 'logo.sh');
    writeFileSync(file, Buffer.from('zfs\0'));
    const read = await readTextFile(file);
    assert.deepEqual(read.ok ? undefined : read.error, { reason: 'is binary', wrongUse: true, binary: true });
  });

  it('say whether their name is at fault', async () => {
    const folder = temporaryFolder();
    const loop = path.join(folder, 'loop');
    symlinkSync(loop, loop);
    for (const [file, wrongUse] of [
      [path.join(folder, 'absent'), true],
      [folder, true],
      [loop, false],
    ] as const) {
      const read = await readTextFile(file);
      assert.equal(read.ok ? undefined : read.error.wrongUse, wrongUse, file);
    }
  });

  it('keep mode and link when they are replaced', async () => {
    const folder = temporaryFolder();
    const file = path.join(folder, 'script.sh');
    const link = path.join(folder, 'link.sh');
    writeFileSync(file, 'old');
    chmodSync(file, 0o751);
    symlinkSync(file, link);
    await replaceFile(link, Buffer.from('new'));
    assert.equal(readFileSync(file, 'utf8'), 'new');
    assert.equal(statSync(file).mode & 0o777, 0o751);
    assert.deepEqual(readdirSync(folder).toSorted(), ['link.sh', 'script.sh']);
  });

  it('leave nothing behind when they cannot be written', async () => {
    const folder = temporaryFolder();
    mkdirSync(path.join(folder, 'receipt'));
    await assert.rejects(writeAtomically(path.join(folder, 'receipt'), 'x', { mode: 0o600 }));
    assert.deepEqual(readdirSync(folder), ['receipt']);
  });
});
