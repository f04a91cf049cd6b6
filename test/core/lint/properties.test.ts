import assert from 'node:assert/strict';
import { applyFixes } from '../../../server/src/core/lint/apply-fixes';
import type { Finding } from '../../../server/src/core/lint/finding';
import { lintDocument } from '../../../server/src/core/lint/lint-document';
import { hoverRunbook } from '../../../server/src/core/runbook/hover-runbook';
import { shellProblems } from '../../../scripts/fuzz/shell-problems';
import { DOCUMENT_KINDS, runbookFixtures } from './runbook-fixtures';

const scripts = DOCUMENT_KINDS.flatMap((document) =>
  (['ok', 'err', 'strict'] as const).flatMap((kind) => runbookFixtures(document, kind)),
).map(({ name, text }) => ({ path: name, text }));

const lint = (path: string, text: string): readonly Finding[] => lintDocument({ path, text }, { profile: 'strict' });

/** Holds for any text whatever: nothing points outside of it, and no rule failed. */
function checkSound(path: string, text: string): void {
  for (const { span, message, fixes, related } of lint(path, text)) {
    assert.ok(!message.includes('this rule failed'), `${path}: ${message}`);
    const places = [
      span,
      ...related.map((place) => place.span),
      ...fixes.flatMap((fix) => fix.edits.map((edit) => edit.span)),
    ];
    for (const { start, end } of places) {
      assert.ok(0 <= start && start <= end && end <= text.length, `${path}: ${start}-${end} of ${text.length}`);
    }
  }
}

describe('lintDocument on any text', function () {
  // Every fixture at every place: minutes on a machine that does other things too.
  this.timeout(300_000);
  for (const { path, text } of scripts) {
    it(`stays within every beginning of ${path}`, () => {
      for (let length = 0; length <= text.length; length++) checkSound(path, text.slice(0, length));
    });
  }

  it('stays within texts with a line missing', () => {
    for (const { path, text } of scripts) {
      const lines = text.split('\n');
      lines.forEach((_, index) => checkSound(path, lines.toSpliced(index, 1).join('\n')));
    }
  });

  it('has a hover or none at every place, and no failure', () => {
    for (const { path, text } of scripts) {
      for (let offset = 0; offset <= text.length; offset += 7) {
        const hover = hoverRunbook({ path, text }, offset);
        assert.ok(!hover || (hover.span.start <= offset && offset <= hover.span.end && hover.markdown !== ''));
      }
    }
  });
});

describe('fixes', () => {
  for (const { path, text } of scripts) {
    it(`settle ${path}, which still parses`, () => {
      let fixed = text;
      for (let round = 0; round < 5; round++) fixed = applyFixes(fixed, lint(path, fixed), 'all');
      assert.equal(applyFixes(fixed, lint(path, fixed), 'all'), fixed);
      assert.deepEqual(shellProblems({ path, text: fixed }), shellProblems({ path, text }));
      const left = lint(path, fixed).filter((finding) => finding.fixes.length > 0);
      assert.deepEqual(
        left.map(({ rule }) => rule),
        [],
      );
    });
  }

  it('leave a text alone when only unsafe ones are offered', () => {
    const text = 'zfs send tank/a@1 > /srv/a\n';
    assert.equal(applyFixes(text, lint('a.sh', text), 'safe'), text);
  });
});
