import assert from 'node:assert/strict';
import { selectPolicy } from '../../../server/src/core/policy/select-policy';

/** What is selected, step by step, from `|` on; the last step is always the whole text. */
function check(marked: string, ...expected: readonly string[]): void {
  const offset = marked.indexOf('|');
  const text = marked.replace('|', '');
  const steps = selectPolicy(text, offset).map(({ start, end }) => text.slice(start, end));
  assert.deepEqual(steps, [...expected, text], marked);
}

describe('selectPolicy', () => {
  it('grows from a word to its value, its key, its section', () => {
    check(
      'policies:\n  p:\n    send: { raw: tr|ue, intermediates: true }\n',
      'true',
      'raw: true',
      '{ raw: true, intermediates: true }',
      'send: { raw: true, intermediates: true }',
      'p:\n    send: { raw: true, intermediates: true }',
      'policies:\n  p:\n    send: { raw: true, intermediates: true }',
    );
  });

  it('takes the parts of an endpoint one by one, and a text within its quotes first', () => {
    const ends = [
      'p: { source: "a:tank/x" }',
      '{ p: { source: "a:tank/x" } }',
      'policies: { p: { source: "a:tank/x" } }',
    ];
    const value = ['a:tank/x', '"a:tank/x"', 'source: "a:tank/x"', '{ source: "a:tank/x" }'];
    check('policies: { p: { source: "a:ta|nk/x" } }\n', 'tank/x', ...value, ...ends);
    check('policies: { p: { source: "|a:tank/x" } }\n', 'a', ...value, ...ends);
  });

  it('begins with the key, and with an item of a list', () => {
    check('ver|sion: 1\n', 'version', 'version: 1');
    check('exclude:\n  - a|b\n  - c\n', 'ab', '- ab\n  - c', 'exclude:\n  - ab\n  - c');
  });

  it('selects all where there is nothing', () => {
    check('|');
    check('# com|ment\n');
  });
});
