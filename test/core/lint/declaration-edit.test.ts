import assert from 'node:assert/strict';
import { declarationEdit } from '../../../server/src/core/lint/declaration-edit';
import { lintDocument } from '../../../server/src/core/lint/lint-document';
import { readRunbook } from '../../../server/src/core/runbook/read-runbook';
import { applyEdits } from '../../../server/src/core/text/span';

const RECEIVE = 'zfs receive -u -F pool/a < /srv/a';

/** Where a declaration goes; with it nothing is found any more. */
function check(path: string, text: string, expected: string): void {
  it(`goes to its place in ${path} ${JSON.stringify(text.slice(0, 20))}`, () => {
    const before = lintDocument({ path, text }, {});
    assert.deepEqual(
      before.map(({ rule }) => rule),
      ['receive-force'],
    );
    const declared = applyEdits(text, [declarationEdit(readRunbook({ path, text }), 'pool/a')]);
    assert.equal(declared.slice(0, expected.length), expected);
    assert.deepEqual(lintDocument({ path, text: declared }, {}), []);
  });
}

describe('a declaration', () => {
  check('a.sh', `#!/bin/sh\r\n${RECEIVE}\r\n`, '#!/bin/sh\r\n# rawsend: replica pool/a\r\n');
  check('a.md', `# Title\n\n    ${RECEIVE}\n`, '<!-- rawsend: replica pool/a -->\n# Title');
  check('a.md', `---\na: b\n---\n\n    ${RECEIVE}\n`, '---\na: b\n---\n<!-- rawsend: replica pool/a -->\n');
  check('a.rst', `Text::\n\n  ${RECEIVE}\n`, '.. rawsend: replica pool/a\n\nText::');
  check('a.adoc', `----\n${RECEIVE}\n----\n`, '// rawsend: replica pool/a\n----');
  check('a.service', `[Service]\nExecStart=/bin/sh -c '${RECEIVE}'\n`, '# rawsend: replica pool/a\n[Service]');
  check('user-data', `#cloud-config\nruncmd:\n  - ${RECEIVE}\n`, '#cloud-config\n# rawsend: replica pool/a\nruncmd');
  check('a.nix', `{ script = "${RECEIVE}"; }\n`, '# rawsend: replica pool/a\n{');
});
