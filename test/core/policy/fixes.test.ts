import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parsePolicy } from '../../../server/src/core/policy/parse-policy';
import { applyEdits } from '../../../server/src/core/text/span';

const FOLDER = join(__dirname, '../../fixtures/policy/err');

const countLike = (text: string, rule: string, message: string): number =>
  parsePolicy(text).problems.filter((problem) => problem.rule === rule && problem.message === message).length;

/** Checks that each fix takes its own problem away; returns how many there were. */
function checkFixes(text: string): number {
  const fixed = parsePolicy(text).problems.flatMap(({ rule, message, fixes }) =>
    fixes.map((fix) => ({ rule, message, fix })),
  );
  for (const { rule, message, fix } of fixed) {
    const after = applyEdits(text, fix.edits);
    assert.ok(countLike(after, rule, message) < countLike(text, rule, message), `${fix.title}\n${after}`);
  }
  return fixed.length;
}

/** Applies the fix of that title, of which there is one. */
function checkFixed(text: string, title: string, expected: string): void {
  const [fix, ...others] = parsePolicy(text).problems.flatMap(({ fixes }) =>
    fixes.filter((one) => one.title === title),
  );
  assert.ok(fix && others.length === 0, title);
  assert.equal(applyEdits(text, fix.edits), expected);
}

describe('fixes of a policy file', () => {
  it('take their problem away', () => {
    const files = readdirSync(FOLDER).filter((name) => name.endsWith('.yaml'));
    const counts = files.map((name) => checkFixes(readFileSync(join(FOLDER, name), 'utf8')));
    assert.ok(counts.reduce((sum, count) => sum + count, 0) > 20);
  });

  it('declare a replica in the form of the policy', () => {
    const head = 'version: 1\nhosts: { h: { local: true } }\npolicies:\n';
    const title = 'Declare replica: true';
    const block = (key: string) =>
      `${head}  a:\n    ${key}intent: vault\n    source: h:t/a\n    target: h:u/a\n    receive:\n      force: rollback\n`;
    checkFixed(block(''), title, block('replica: true\n    '));
    checkFixed(block('').replaceAll('\n', '\r\n'), title, block('replica: true\n    ').replaceAll('\n', '\r\n'));
    const flow = (key: string) =>
      `${head}  a: { ${key}intent: vault, source: h:t/a, target: h:u/a, receive: { force: rollback } }\n`;
    checkFixed(flow(''), title, flow('replica: true, '));
    checkFixed(flow('replica: false, '), title, flow('replica: true, '));
  });
});
