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
});
