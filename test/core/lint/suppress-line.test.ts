import assert from 'node:assert/strict';
import { lintDocument } from '../../../server/src/core/lint/lint-document';
import { suppressLine } from '../../../server/src/core/lint/suppress-line';
import { commentKind, suppressionComment } from '../../../server/src/core/lint/suppression-comment';
import { applyEdits } from '../../../server/src/core/text/span';

/** The text once its first finding of a rule is suppressed; undefined where no comment can do it. */
function suppress(path: string, text: string, rule: string): string | undefined {
  const document = { path, text };
  const finding = lintDocument(document, {}).find((candidate) => candidate.rule === rule);
  assert.ok(finding, `${rule} finds nothing in ${text}`);
  const edit = suppressLine(document, finding, {}, 'on purpose');
  return edit && applyEdits(text, [edit]);
}

function check(path: string, text: string, expected: string): void {
  it(`suppresses in ${JSON.stringify(text)}`, () =>
    assert.equal(suppress(path, text, 'receive-mounts'), expected.replaceAll('RULE', 'receive-mounts -- on purpose')));
}

describe('suppressLine', () => {
  check('a.sh', 'zfs recv a/b\n', '# rawsend-disable-next-line RULE\nzfs recv a/b\n');
  check(
    'a.sh',
    'if x; then\r\n\tzfs recv a/b\r\nfi\r\n',
    'if x; then\r\n\t# rawsend-disable-next-line RULE\r\n\tzfs recv a/b\r\nfi\r\n',
  );
  check(
    'a.sh',
    'x\nzfs send -w a@b |\n  ssh h \\\n  zfs recv c/d\n',
    'x\n# rawsend-disable-next-line RULE\nzfs send -w a@b |\n  ssh h \\\n  zfs recv c/d\n',
  );
  check(
    'a.sh',
    "ssh h '\n  true\n  zfs recv c/d\n'\n",
    "ssh h '\n  true\n  # rawsend-disable-next-line RULE\n  zfs recv c/d\n'\n",
  );
  // The text that is run begins behind the quote, so a comment above it is not above a line of its own.
  check('a.sh', 'ssh h "\nzfs recv c/d"\n', 'ssh h "\n# rawsend-disable-next-line RULE\nzfs recv c/d"\n');
  // A comment within a heredoc of data would be data; here it is a script.
  check('a.sh', 'ssh h <<E\nzfs recv c/d\nE\n', 'ssh h <<E\n# rawsend-disable-next-line RULE\nzfs recv c/d\nE\n');
});

describe('suppressionComment', () => {
  it('is a comment of its kind of text', () => {
    const comments = (['shell', 'markdown', 'restructuredtext', 'systemd', 'cron', 'yaml', 'nix'] as const).map(
      (kind) => suppressionComment(kind, 'a-rule', 'why'),
    );
    const plain = 'rawsend-disable-next-line a-rule -- why';
    assert.deepEqual(comments, [
      `# ${plain}`,
      `<!-- ${plain} -->`,
      `.. ${plain}`,
      `# ${plain}`,
      `# ${plain}`,
      `# ${plain}`,
      `# ${plain}`,
    ]);
  });

  it('holds nothing that ends a quoting or a comment', () => {
    const reason = suppressionComment('markdown', 'a-rule', 'it\'s "x" `y` $(z) \\ --> \n end');
    assert.equal(reason, '<!-- rawsend-disable-next-line a-rule -- it’s ”x” ’y’ (z) – end -->');
    assert.equal(suppressionComment('shell', 'a-rule', ' \n'), '# rawsend-disable-next-line a-rule -- reason');
  });

  const kinds: readonly (readonly [string, string | undefined, string])[] = [
    ['a.sh', undefined, 'shell'],
    ['a.md', undefined, 'markdown'],
    ['a', 'markdown', 'markdown'],
    ['docs/a.rst', undefined, 'restructuredtext'],
    ['/etc/systemd/system/a.service', undefined, 'systemd'],
    ['/etc/crontab', undefined, 'cron'],
    ['.github/workflows/ci.yml', undefined, 'yaml'],
    ['a', 'github-actions-workflow', 'yaml'],
    ['flake.nix', undefined, 'nix'],
  ];
  for (const [path, languageId, kind] of kinds)
    it(`of ${path} ${languageId ?? ''} is that of ${kind}`, () =>
      assert.equal(commentKind({ path, text: '', ...(languageId === undefined ? {} : { languageId }) }), kind));
});
