import assert from 'node:assert/strict';
import type { PolicySymbol } from '../../../server/src/core/policy/policy-symbols';
import { policySymbols } from '../../../server/src/core/policy/policy-symbols';

/** An outline: two blanks a level, then name and detail. */
function check(text: string, ...expected: readonly string[]): void {
  assert.deepEqual(
    policySymbols(text).flatMap((symbol) => outline(symbol)),
    expected,
    text,
  );
}

const outline = ({ name, detail, children }: PolicySymbol): readonly string[] => [
  detail === '' ? name : `${name} | ${detail}`,
  ...children.flatMap((child) => outline(child).map((line) => `  ${line}`)),
];

describe('policySymbols', () => {
  it('shows hosts with their addresses and policies with their endpoints', () => {
    check(
      'version: 1\nhosts:\n  prod: { ssh: a@b }\n  here: { local: true }\npolicies:\n  one:\n    intent: vault\n    source: prod:tank\n    target: here:cold\n',
      'hosts',
      '  prod | a@b',
      '  here | this machine',
      'policies',
      '  one | vault · prod:tank → here:cold',
    );
  });

  it('shows what is there while it is typed', () => {
    check('policies:\n  one:\n    source: prod:tank\n  two: [\n', 'policies', '  one | prod:tank', '  two');
    check('hosts:\n  prod:\npolicies:', 'hosts', '  prod', 'policies');
    check('hosts: words', 'hosts');
    check('version: 1');
    check('');
  });

  it('leaves out a name that is empty, and what an alias brings from elsewhere', () => {
    check('hosts: { "": { ssh: x } }', 'hosts');
    check('x: &x { prod: { ssh: a } }\nhosts: *x\n', 'hosts');
  });

  it('has the place of each symbol within that of its section', () => {
    const text = 'hosts:\n  prod:\n    ssh: a@b\n';
    const [section] = policySymbols(text);
    const [host] = section?.children ?? [];
    assert.equal(text.slice(section?.span.start, section?.span.end), text.trimEnd());
    assert.equal(text.slice(host?.span.start, host?.span.end), 'prod:\n    ssh: a@b');
    assert.equal(text.slice(host?.nameSpan.start, host?.nameSpan.end), 'prod');
  });
});
