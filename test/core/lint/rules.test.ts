import assert from 'node:assert/strict';
import { readExample } from '../../../server/src/core/lint/annotated-example';
import { applyFixes } from '../../../server/src/core/lint/apply-fixes';
import type { BadExample, Rule } from '../../../server/src/core/lint/define-rule';
import type { Finding } from '../../../server/src/core/lint/finding';
import type { ExampleFacts } from '../../../server/src/core/lint/format-rule-page';
import { exampleContext, examplePath } from '../../../server/src/core/lint/format-rule-page';
import { lintDocument } from '../../../server/src/core/lint/lint-document';
import { RULES } from '../../../server/src/core/lint/rules/index';

/** Every rule's examples are tests: bad ones have exactly their marked findings, good ones have none. */
describe('rules', () => {
  for (const rule of RULES) {
    describe(rule.id, () => {
      rule.examples.bad.forEach((example, index) => {
        it(`finds what bad example ${index + 1} marks`, () => checkBad(rule, example));
        const { fixed } = example;
        if (fixed !== undefined) it(`fixes bad example ${index + 1}`, () => checkFixed(rule, example, fixed));
      });
      rule.examples.good.forEach((text, index) => {
        it(`is silent in good example ${index + 1}`, () => assert.deepEqual(found(rule, text).map(show), []));
      });
      it('has a summary, a page and examples', () => {
        assert.match(rule.id, /^[a-z]+(?:-[a-z]+)+$/);
        assert.ok(rule.summary !== '' && !rule.summary.endsWith('.'));
        assert.ok(rule.docs.trim() !== '' && rule.examples.bad.length > 0 && rule.examples.good.length > 0);
      });
    });
  }
});

function found(rule: Rule, text: string, example: ExampleFacts = {}): readonly Finding[] {
  const findings = lintDocument({ path: examplePath(rule), text }, exampleContext(example));
  return findings.filter((finding) => finding.rule === rule.id);
}

const show = (finding: Pick<Finding, 'span' | 'message'>): string =>
  `${finding.span.start}-${finding.span.end} ${finding.message}`;

function checkBad(rule: Rule, example: BadExample): void {
  const { text, marks } = readExample(example.text);
  const findings = found(rule, text, example);
  assert.deepEqual(
    findings.map(({ span, message }, index) => show({ span, message: message.slice(0, marks[index]?.message.length) })),
    marks.map(show),
  );
  for (const { message } of findings) assert.ok(!message.endsWith('.'), message);
}

function checkFixed(rule: Rule, example: BadExample, fixed: string): void {
  const { text } = readExample(example.text);
  const result = applyFixes(text, found(rule, text, example), 'all');
  assert.equal(result, fixed);
  assert.deepEqual(
    found(rule, result, example)
      .filter(({ fixes }) => fixes.length > 0)
      .map(show),
    [],
  );
}
