import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { array, assert as assertProperty, constantFrom, pre, property } from 'fast-check';
import { formatUnifiedDiff } from '../../../server/src/cli/reporters/unified-diff';
import { temporaryFolder } from '../temporary-folder';

describe('the unified diff', () => {
  it('shows the change and three lines around it', () => {
    const lines = Array.from({ length: 20 }, (_, i) => `${i + 1}\n`);
    const text = lines.join('');
    assert.equal(
      formatUnifiedDiff('a.sh', text, text.replace('10\n', 'ten\n')),
      '--- a/a.sh\n+++ b/a.sh\n@@ -7,7 +7,7 @@\n 7\n 8\n 9\n-10\n+ten\n 11\n 12\n 13\n',
    );
  });

  it('is empty for equal texts', () => assert.equal(formatUnifiedDiff('a.sh', 'x', 'x'), ''));

  it('is understood by git, whatever the texts', () => {
    const folder = temporaryFolder();
    const file = path.join(folder, 'a.sh');
    const text = array(constantFrom('a\n', 'b\n', 'c\r\n', '\n', '日\n', 'end'), { maxLength: 12 }).map((lines) =>
      lines.join(''),
    );
    assertProperty(
      property(text, text, (before, after) => {
        pre(before !== after && before !== '' && after !== '');
        writeFileSync(file, before);
        execFileSync('git', ['apply', '--unidiff-zero', '-'], {
          cwd: folder,
          input: formatUnifiedDiff('a.sh', before, after),
          stdio: 'pipe',
        });
        assert.equal(readFileSync(file, 'utf8'), after);
      }),
      { numRuns: 40 },
    );
  });
});
