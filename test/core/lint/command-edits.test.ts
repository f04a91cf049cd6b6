import assert from 'node:assert/strict';
import { lintDocument } from '../../../server/src/core/lint/lint-document';

describe('edits of commands', () => {
  it('a flag that is passed on twice is taken out of its one place', () => {
    const text = '#!/bin/bash\nget() { zfs receive -u "$@" "$@" backup/a; }\nget -F\n';
    const force = lintDocument({ path: 'a.sh', text }, {}).find(({ rule }) => rule === 'receive-force');
    const start = text.indexOf('-F');
    assert.deepEqual(force?.fixes[0]?.edits, [{ span: { start, end: start + 2 }, newText: '' }]);
  });

  it('a flag that an edited value brings stands nowhere and is not taken out', () => {
    const text = "pipe='zfs receive -F tank/xy'\n${pipe%y}\n";
    const force = lintDocument({ path: 'a.sh', text }, {}).find(({ rule }) => rule === 'receive-force');
    assert.ok(force && !force.fixes.some(({ title }) => title === 'Remove -F'), JSON.stringify(force?.fixes));
  });
});
