/** A rule is one file, one line in the registry and one generated page. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { RULES } from '../../server/src/core/lint/rules/index';
import { listFiles, ROOT } from './source-files';

describe('rules', () => {
  it('are registered, each in a file of its name', () => {
    const files = listFiles(['server/src/core/lint/rules'], '.ts').map((file) => path.basename(file, '.ts'));
    assert.deepEqual(RULES.map((rule) => rule.id).toSorted(), files.filter((name) => name !== 'index').toSorted());
  });

  it('have unique kebab-case ids', () => {
    const ids = RULES.map((rule) => rule.id);
    assert.equal(new Set(ids).size, ids.length);
    assert.deepEqual(
      ids.filter((id) => !/^[a-z]+(?:-[a-z]+)+$/.test(id)),
      [],
    );
  });

  it('have fresh generated pages', () => {
    execFileSync(process.execPath, ['--import', 'tsx', 'scripts/docs.ts', '--check'], { cwd: ROOT, stdio: 'pipe' });
  });
});
