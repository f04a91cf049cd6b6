import assert from 'node:assert/strict';
import { isRunbook } from '../../../server/src/core/runbook/extractors';
import { checkRegions } from './region-table';

describe('reStructuredText', () => {
  checkRegions('index.rst', {
    'a literal block': ['Do this::\n\n    zfs list\n\n    zfs get x\n\nzfs send a@b\n', ['zfs list\n\nzfs get x']],
    'by a paragraph of its own': ['Text.\n\n::\n\n  $ zfs list\n  NAME\n\nText.\n', ['zfs list']],
    directives: [
      '.. code-block:: bash\n   :linenos:\n\n   zfs list\n     a\n\n.. code:: console\n\n   # zfs get x\n\n.. prompt:: bash\n\n   zfs get y\n',
      ['zfs list\n  a', 'zfs get x', 'zfs get y'],
    ],
    'other languages are none': [
      '.. code-block:: python\n\n   zfs send a@b\n\n.. code-block:: text\n\n   $ zfs send\n',
      [],
    ],
    'inside of a note': ['.. note::\n\n   Do this::\n\n       zfs list\n', ['zfs list']],
    'comments are none': ['.. Do this::\n\n       zfs send a@b\n\nText::\n\n  zfs list\n', ['zfs list']],
    'prose is none': ['zfs send a@b\n\n    zfs send a@b\n\n``zfs send a@b``\n', []],
    'with the ends of line of Windows': ['A::\r\n\r\n\tzfs list \\\r\n\t  a\r\n', ['zfs list \\\n  a']],
  });
});

describe('AsciiDoc', () => {
  checkRegions('guide.adoc', {
    'a source block': ['[source,bash]\n.Title\n----\nzfs list <1>\n----\n<1> zfs send a@b\n', ['zfs list']],
    'listings and literals': [
      '----\n$ zfs list\nNAME\n----\n\n....\n# zfs get x\n....\n\n zfs get y\n',
      ['zfs list', 'zfs get x', 'zfs get y'],
    ],
    'other blocks are none': [
      '[source,python]\n----\nzfs send a@b\n----\n\n////\nzfs send a@b\n////\n\nzfs send a@b\n',
      [],
    ],
    'a heading of two lines is none': ['Title\n-----\n\n[source,lang=sh]\n----\nzfs list\n----\n', ['zfs list']],
    'fences too': ['```console\n$ zfs list\n```\n', ['zfs list']],
  });
});

describe('plain text', () => {
  checkRegions('notes.txt', {
    'what is indented and reads like commands': [
      'Do:\n\n    zfs list\n    zfs get x\n\nzfs send a@b\n',
      ['zfs list\nzfs get x'],
    ],
    'what stands behind prompts': ['Then:\n$ zfs list\nNAME\nroot@h:~# zfs get x\n', ['zfs list', 'h: zfs get x']],
    'prose is none, indented too': [
      'zfs send a@b is wrong\n\n  zfs send without the raw flag decrypts.\n\n  NAME  USED\n  zfs send a@b\n\n> zfs send a@b\n# zfs send a@b\n',
      [],
    ],
  });

  it('is no log', () => {
    assert.equal(isRunbook({ path: 'a.log', text: '$ zfs list\n', languageId: 'plaintext' }), false);
    assert.equal(isRunbook({ path: 'untitled:1', text: '$ zfs list\n', languageId: 'plaintext' }), true);
  });
});
