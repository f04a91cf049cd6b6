import assert from 'node:assert/strict';
import { unreadFiles } from '../../../server/src/core/policy/include-graph';
import { relativeFile, resolveInclude } from '../../../server/src/core/policy/include-paths';
import { parsePolicy } from '../../../server/src/core/policy/parse-policy';
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

describe('what a text wants to be read', () => {
  const FORMS = [
    'version: 1\ninclude: [a.yaml, b/c.yaml]\nhosts: {}\n',
    'version: 1\ninclude: [\n  a.yaml, # the first\n  b/c.yaml\n]\nhosts: {}\n',
    'version: 1\r\ninclude:\r\n- a.yaml\r\n\r\n# the second\r\n- "b/c.yaml"\r\nhosts: {}\r\n',
    'include:\n  - a.yaml\n  -\n    b/c.yaml\nversion: 1',
    '{ version: 1, include: [a.yaml, b/c.yaml] }\n',
    'x: &x a.yaml\ninclude: [*x, b/c.yaml]\n',
    'x: &x [a.yaml, b/c.yaml]\ninclude: *x\n',
    '"include": [a.yaml, b/c.yaml]\n',
    'include : [a.yaml, b/c.yaml]\nhosts: {}\ninclude: [d.yaml]\n',
  ];

  for (const text of FORMS)
    it(`is what it includes: ${JSON.stringify(text)}`, () => {
      const wanted = ['/w/a/a.yaml', '/w/a/b/c.yaml'];
      assert.deepEqual(unreadFiles(text, includedFrom({})), wanted);
      const known = parsePolicy(text, includedFrom({})).inclusions.map(({ path }) => path);
      assert.deepEqual(known, wanted);
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
