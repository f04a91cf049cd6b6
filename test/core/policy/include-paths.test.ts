import assert from 'node:assert/strict';
import { unreadFiles } from '../../../server/src/core/policy/include-graph';
import { relativeFile, resolveInclude } from '../../../server/src/core/policy/include-paths';
import { HOSTS, includedFrom, including } from './include-text';

describe('the files that are still to be read', () => {
  it('are those that the known ones include, level by level', () => {
    const text = including('b.yaml, ../c.yaml');
    assert.deepEqual(unreadFiles(text, includedFrom({})), ['/w/a/b.yaml', '/w/c.yaml']);
    const more = { 'b.yaml': including('d/e.yaml'), '../c.yaml': null };
    assert.deepEqual(unreadFiles(text, includedFrom(more)), ['/w/a/d/e.yaml']);
    assert.deepEqual(unreadFiles(text, includedFrom({ ...more, 'd/e.yaml': HOSTS })), []);
    assert.deepEqual(unreadFiles(including('/etc/passwd, "*.yaml", ~/x'), includedFrom({})), []);
  });
});

describe('paths', () => {
  it('lead from a file to another, never out above the root', () => {
    assert.equal(resolveInclude('/w/a/x.yaml', '../b/./y.yaml'), '/w/b/y.yaml');
    assert.equal(resolveInclude('/x.yaml', '../../y.yaml'), '/y.yaml');
    assert.equal(resolveInclude('C:/w/x.yaml', '../../../y.yaml'), 'C:/y.yaml');
    assert.equal(resolveInclude('file:///w/x.yaml', '../../y.yaml'), 'file:///y.yaml');
    assert.equal(resolveInclude('vscode-vfs://github/a/x.yaml', '../../y.yaml'), 'vscode-vfs://github/y.yaml');
    assert.equal(resolveInclude('/w/', 'y.yaml'), '/w/y.yaml');
  });

  it('are shown from the folder of the file that is read', () => {
    assert.equal(relativeFile('/w/a/x.yaml', '/w/a/y.yaml'), 'y.yaml');
    assert.equal(relativeFile('/w/a/x.yaml', '/w/b/y.yaml'), '../b/y.yaml');
    assert.equal(relativeFile('/w/a/', '/w/a/b/y.yaml'), 'b/y.yaml');
  });
});
