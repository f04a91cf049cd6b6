import assert from 'node:assert/strict';
import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { LintTask } from '../../../server/src/cli/lint/lint-task';
import { lintTogether } from '../../../server/src/cli/lint/lint-together';
import type { Draft } from '../../../server/src/cli/lint/read-drafts';
import type { LintResult } from '../../../server/src/cli/reporters/lint-result';
import { writeFixes } from '../../../server/src/cli/lint/write-fixes';
import { decodeText } from '../../../server/src/cli/text-encoding';
import { DOUBTFUL, folderOf, LEAKING } from './json-report';

/** A file as it was read. */
function taskOf(folder: string, name: string): Draft & LintTask {
  const file = path.join(folder, name);
  const decoded = decodeText(readFileSync(file));
  const document = { path: name, text: decoded.text };
  const found = { kind: 'found', path: name, file, origin: 'named' } as const;
  return { ...found, document, decoded, context: {}, baseline: [], unfixed: false };
}

const messages = (results: readonly LintResult[]): readonly string[] =>
  results.map((result) => (result.kind === 'unread' ? result.message : `${result.path}: ${result.findings.length}`));

describe('a document that takes the analysis down', () => {
  const folder = folderOf({ 'a.sh': LEAKING, 'b.sh': LEAKING });
  const [a, b] = [taskOf(folder, 'a.sh'), taskOf(folder, 'b.sh')];

  it('does not keep the others from being linted', async () => {
    const context = {
      get noSuppress(): readonly string[] {
        throw new Error('out of order');
      },
    };
    const [broken, whole] = messages(await lintTogether([{ ...a, context }, b], 'none'));
    assert.match(
      broken ?? '',
      /^a\.sh could not be analysed, which is a bug in rawsend, please report it: out of order$/,
    );
    assert.equal(whole, 'b.sh: 1');
  });
});

describe('a fixed file', () => {
  it('is fixed until nothing is left to fix', async () => {
    const folder = folderOf({ 'a.sh': 'zfs send tank/a@1 | zfs receive -F backup/a\n', 'b.sh': DOUBTFUL });
    const results = await lintTogether([taskOf(folder, 'a.sh'), taskOf(folder, 'b.sh')], 'all');
    const again = results.map((result) => {
      assert.ok(result.kind === 'linted');
      const document = { path: result.path, text: result.text };
      return { ...taskOf(folder, result.path), document };
    });
    for (const task of again) {
      const [result] = await lintTogether([task], 'all');
      assert.equal(result?.kind === 'linted' && (result.text || task.document.text), task.document.text);
    }
  });

  it('is not written over what somebody saved meanwhile', async () => {
    const folder = folderOf({ 'a.sh': LEAKING });
    const task = taskOf(folder, 'a.sh');
    const results = await lintTogether([task], 'all');
    const saved = folderOf({ 'a.sh': `${LEAKING}# saved\n` });
    const [written] = await writeFixes([{ ...task, file: path.join(saved, 'a.sh') }], results);
    assert.ok(written?.kind === 'unread' && !written.wrongUse);
    assert.equal(written.message, 'a.sh was changed while it was linted, so its fixes are not written');
    assert.equal(readFileSync(path.join(saved, 'a.sh'), 'utf8'), `${LEAKING}# saved\n`);
  });

  it('that is gone is a result too', async () => {
    const folder = folderOf({ 'a.sh': LEAKING, 'b.sh': LEAKING });
    const tasks = [taskOf(folder, 'a.sh'), taskOf(folder, 'b.sh')];
    const results = await lintTogether(tasks, 'all');
    rmSync(path.join(folder, 'a.sh'));
    const written = await writeFixes(tasks, results);
    assert.deepEqual(
      written.map(({ kind }) => kind),
      ['unread', 'linted'],
    );
    assert.match(readFileSync(path.join(folder, 'b.sh'), 'utf8'), /send -w/);
  });
});
