import assert from 'node:assert/strict';
import { foldPolicy } from '../../../server/src/core/policy/fold-policy';

/** Folds as `FIRST-LAST`, lines from 1, with `#` for comments. */
function check(text: string, ...expected: readonly string[]): void {
  const lineOf = (offset: number): number => text.slice(0, offset).split(/\r\n|\r|\n/).length;
  const found = foldPolicy(text).map(
    ({ span, kind }) => `${lineOf(span.start)}-${lineOf(span.end)}${kind === 'comment' ? '#' : ''}`,
  );
  assert.deepEqual(found, expected, text);
}

describe('foldPolicy', () => {
  it('folds sections', () => {
    check(
      'hosts:\n  a:\n    ssh: x\n\npolicies:\n  p:\n    send:\n      raw: true\n',
      '1-3',
      '2-3',
      '5-8',
      '6-8',
      '7-8',
    );
    check('hosts:\r\n  a: { ssh: x }\r\n', '1-2');
    check('policies:\n  p:\n    exclude:\n      - a\n      - b\n', '1-5', '2-5', '3-5');
  });

  it('leaves the bracket that closes in sight', () => {
    check('hosts: {\n  a: { ssh: x },\n}\nversion: 1\n', '1-2');
    check('hosts: {\n  a: { ssh: x } }\n', '1-2');
  });

  it('folds comments of several lines', () => {
    check('# a\n# b\n  # c\nversion: 1\n# alone\n', '1-3#');
    check('version: 1\n\n  # a\n  # b', '3-4#');
  });

  it('folds what is there while it is typed', () => {
    check('policies:\n  p:\n    send: {\n', '1-3', '2-3');
    check('hosts:\n  a: "\n  b', '1-3');
    for (const text of ['', 'hosts:', 'version: 1']) check(text);
  });
});
