import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { decodeText, readTextFile, replaceTextFile, writeAtomically } from '../../server/src/cli/text-file';
import { temporaryFolder } from './temporary-folder';

describe('text files', () => {
  it('keep their byte order mark apart', () =>
    assert.deepEqual(decodeText(Buffer.from('\uFEFFzfs')), { text: 'zfs', mark: '\uFEFF', lossless: true }));

  it('are read in any encoding, and it is known what that loses', () => {
    const { text, lossless } = decodeText(Buffer.from([0x7a, 0xfc, 0x66]));
    assert.equal(text, 'z\uFFFDf');
    assert.equal(lossless, false);
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
    await replaceTextFile(link, 'new');
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
