import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import type { Finding } from '../../../server/src/core/lint/finding';
import { lintDocument } from '../../../server/src/core/lint/lint-document';
import { createLineIndex } from '../../../server/src/core/text/line-index';
import { DOCUMENT_KINDS, runbookFixtures } from './runbook-fixtures';
import type { RunbookFixture } from './runbook-fixtures';

/**
 * Documents in many styles. `ok` has no finding at all; in `err` the findings stand beside each document, one a line:
 * range, severity, rule, and the marked text; in `strict` those of the strict profile. UPDATE=1 rewrites them.
 */
for (const document of DOCUMENT_KINDS) {
  describe(`${document} fixtures`, () => {
    for (const fixture of runbookFixtures(document, 'ok')) {
      it(`${fixture.name} is silent`, () => assert.equal(found(fixture), ''));
    }
    for (const fixture of [...runbookFixtures(document, 'err'), ...runbookFixtures(document, 'strict')]) {
      it(`${fixture.name} has its findings`, () => {
        const expected = `${fixture.path}.out`;
        const actual = found(fixture);
        if (process.env['UPDATE'] === '1') writeFileSync(expected, actual);
        assert.equal(actual, readFileSync(expected, 'utf8'));
        assert.notEqual(actual, '');
      });
    }
  });
}

function found({ kind, path, text }: RunbookFixture): string {
  return lintDocument({ path, text }, { profile: kind === 'strict' ? 'strict' : 'recommended' })
    .map((finding) => `${show(text, finding)}\n`)
    .join('');
}

function show(text: string, { span, severity, rule }: Finding): string {
  const lines = createLineIndex(text);
  const [from, to] = [lines.at(span.start), lines.at(span.end)];
  const marked = JSON.stringify(text.slice(span.start, span.end));
  return `${from.line}:${from.column}-${to.line}:${to.column} ${severity} ${rule} ${marked}`;
}
