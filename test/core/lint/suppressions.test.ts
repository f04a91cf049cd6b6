import assert from 'node:assert/strict';
import type { LintContext } from '../../../server/src/core/lint/document';
import { applyFixes } from '../../../server/src/core/lint/apply-fixes';
import { lintDocument } from '../../../server/src/core/lint/lint-document';

/** The findings as `line rule`. */
function check(text: string, expected: readonly string[], context: LintContext = {}): void {
  const findings = lintDocument({ path: 'a.sh', text }, context);
  const lineOf = (offset: number): number => text.slice(0, offset).split('\n').length;
  assert.deepEqual(
    findings.map(({ span, rule }) => `${lineOf(span.start)} ${rule}`),
    expected,
  );
}

const fix = (text: string): string => applyFixes(text, lintDocument({ path: 'a.sh', text }, {}), 'safe');

const policyFindings = (text: string): readonly string[] =>
  lintDocument({ path: 'rawsend.yaml', text }, {}).map(({ rule, span }) => `${span.start} ${rule}`);

const SEND = 'zfs send tank/a@1 > /srv/a\n';

describe('suppressions', () => {
  it('next-line covers one command, also one of many lines', () => {
    const comment = '# rawsend-disable-next-line send-not-raw -- public\n';
    check(`${comment}${SEND}${SEND}`, ['3 send-not-raw']);
    check(`${comment}# more words\nif true &&\n  zfs send \\\n  tank/a@1 > /srv/a; then :; fi\n`, []);
  });

  it('line covers its own line', () => {
    check(`zfs send tank/a@1 > /a # rawsend-disable-line send-not-raw -- public\n${SEND}`, ['2 send-not-raw']);
  });

  it('a block lasts until its rule is enabled, or to the end', () => {
    const begin = '# rawsend-disable send-not-raw -- public\n';
    check(`${begin}${SEND}# rawsend-enable receive-force\n${SEND}# rawsend-enable send-not-raw\n${SEND}`, [
      '6 send-not-raw',
    ]);
    check(`${begin}${SEND}# rawsend-enable\n${SEND}`, ['4 send-not-raw']);
    check(`${begin}${SEND}${SEND}`, []);
  });

  it('a text that ends in a lone carriage return has an end', () => {
    check('# rawsend-disable-next-line send-not-raw -- x\r', ['1 unused-suppression']);
  });

  it('a comment of reStructuredText that owns the block below stays: the directive above it would take the block', () => {
    const text = '.. prompt:: sh\n.. rawsend-disable-next-line send-not-raw -- x\n\n zfs list\n';
    const findings = lintDocument({ path: 'a.rst', text }, {});
    assert.deepEqual(
      findings.map(({ rule, fixes }) => [rule, fixes.length]),
      [['unused-suppression', 0]],
    );
    assert.deepEqual(lintDocument({ path: 'a.rst', text: text.replace('.. raw', '..raw') }, {}), []);
  });

  it('a rule that the profile or the settings silence is not called unused', () => {
    const text = `# rawsend-disable-next-line send-not-raw -- public\n${SEND}`;
    check(text, [], { profile: 'minimal' });
    check(text, [], { severities: { 'send-not-raw': 'off' } });
  });

  it('an unused suppression can be suppressed itself', () => {
    check(
      '# rawsend-disable-next-line unused-suppression -- kept as an example\nzfs list # rawsend-disable-line send-not-raw -- x\n',
      [],
    );
  });

  it('of a rule that may not be suppressed does nothing, and is told so', () => {
    const text = `# rawsend-disable-next-line send-not-raw -- public\n${SEND}`;
    check(text, ['1 unused-suppression', '2 send-not-raw'], { noSuppress: ['send-not-raw'] });
    const [told] = lintDocument({ path: 'a.sh', text }, { noSuppress: ['send-not-raw'] });
    assert.match(told?.message ?? '', /the configuration lets no comment suppress send-not-raw/);
    check(text, [], { noSuppress: ['receive-force'] });
  });

  it('works in policy files', () => {
    const policy = 'version: 1\nhosts: {}\nnonsense: 1 # rawsend-disable-line policy-schema -- a test\n';
    assert.deepEqual(
      policyFindings(policy).filter((finding) => finding.startsWith(String(policy.indexOf('nonsense')))),
      [],
    );
    assert.ok(policyFindings(policy.replace(/ #.*/, '')).includes(`${policy.indexOf('nonsense')} policy-schema`));
  });

  it('removal takes the comment, its line, or one rule of it', () => {
    assert.equal(fix('zfs list  # rawsend-disable-line send-not-raw -- x\n'), 'zfs list\n');
    assert.equal(fix('a\n  # rawsend-disable-next-line send-not-raw -- x\nzfs list\n'), 'a\nzfs list\n');
    assert.equal(
      fix(`# rawsend-disable-next-line receive-force, send-not-raw -- x\n${SEND}`),
      `# rawsend-disable-next-line send-not-raw -- x\n${SEND}`,
    );
  });

  const documents: Readonly<Record<string, readonly [string, string]>> = {
    'Markdown, above a fence': [
      'a.md',
      '<!-- rawsend-disable-next-line send-not-raw -- public -->\n\n```bash\nSEND\n```\n\n```bash\nSEND\n```\n',
    ],
    'Markdown, above a fence in a quotation': [
      'a.md',
      '<!-- rawsend-disable-next-line send-not-raw -- public -->\n> ```bash\n> SEND\n> ```\n\n```bash\nSEND\n```\n',
    ],
    'Markdown, above indented code': [
      'a.md',
      '<!-- rawsend-disable-next-line send-not-raw -- public -->\n\n    SEND\n\ntext\n\n    SEND\n',
    ],
    'Markdown, in the block': [
      'a.md',
      '```bash\n# rawsend-disable-next-line send-not-raw -- public\nSEND\nSEND\n```\n',
    ],
    'a transcript': ['a.md', '```console\n# rawsend-disable-next-line send-not-raw -- public\n$ SEND\n$ SEND\n```\n'],
    'reStructuredText, above a directive': [
      'a.rst',
      '.. rawsend-disable-next-line send-not-raw -- public\n\n.. code-block:: sh\n\n   SEND\n\nText::\n\n   SEND\n',
    ],
    'reStructuredText, above a literal block': [
      'a.rst',
      '.. rawsend-disable-next-line send-not-raw -- public\n\nText::\n\n   SEND\n\nText::\n\n   SEND\n',
    ],
    'AsciiDoc, above a listing': [
      'a.adoc',
      '// rawsend-disable-next-line send-not-raw -- public\n[source,sh]\n----\nSEND\n----\n\n----\nSEND\n----\n',
    ],
    'a unit': [
      'a.service',
      '[Service]\n; rawsend-disable-next-line send-not-raw -- public\nExecStart=/bin/sh -c "SEND"\nExecStart=/bin/sh -c "SEND"\n',
    ],
    'a crontab': ['crontab', '# rawsend-disable-next-line send-not-raw -- public\n@daily SEND\n@daily SEND\n'],
    'YAML, in a literal text': [
      'tasks/main.yml',
      '- name: x\n  shell: |\n    # rawsend-disable-next-line send-not-raw -- public\n    SEND\n    SEND\n',
    ],
    'YAML, above a key': [
      'tasks/main.yml',
      '- name: x\n  # rawsend-disable-next-line send-not-raw -- public\n  shell: SEND\n- name: y\n  shell: SEND\n',
    ],
    Nix: [
      'a.nix',
      "{ script = ''\n    # rawsend-disable-next-line send-not-raw -- public\n    SEND\n    SEND\n  ''; }\n",
    ],
  };
  for (const [name, [path, template]] of Object.entries(documents)) {
    it(`silences one of two in ${name}`, () => {
      const text = template.replaceAll('SEND', 'zfs send tank/a@1 > /srv/a');
      const findings = lintDocument({ path, text }, {});
      assert.deepEqual(
        findings.map(({ rule }) => rule),
        ['send-not-raw'],
      );
      assert.equal(findings[0]?.span.start, text.lastIndexOf('zfs send'));
    });
  }

  it('takes two dots for a comment in reStructuredText alone: to a shell they are a command', () => {
    const text = 'zfs list |\n.. rawsend-disable send-not-raw -- no comment\n';
    assert.deepEqual(lintDocument({ path: 'a.sh', text }, {}), []);
    assert.equal(
      lintDocument({ path: 'a.rst', text: text.slice(text.indexOf('..')) }, {})[0]?.rule,
      'unused-suppression',
    );
  });
});
