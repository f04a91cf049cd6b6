import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { createLineIndex } from '../../../server/src/core/text/line-index';

function check(text: string, offset: number, expected: string): void {
  const { line, column } = createLineIndex(text).at(offset);
  assert.equal(`${line}:${column}`, expected, `${JSON.stringify(text)} at ${offset}`);
}

describe('createLineIndex', () => {
  it('counts lines and columns from 1', () => {
    check('', 0, '1:1');
    check('ab\ncd', 2, '1:3');
    check('ab\ncd', 3, '2:1');
    check('ab\ncd\n', 6, '3:1');
  });

  it('knows every line end', () => {
    check('a\r\nb', 2, '1:3');
    check('a\r\nb', 3, '2:1');
    check('a\rb', 2, '2:1');
    check('a\n\nb', 3, '3:1');
  });

  it('counts UTF-16 units and stays within the text', () => {
    check('😀x', 2, '1:3');
    check('ab', 99, '1:3');
    check('ab', -1, '1:1');
  });

  it('agrees with splitting', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('a', 'é', '\n')), fc.nat(30), (parts, at) => {
        const text = parts.join('');
        const before = text.slice(0, Math.min(at, text.length)).split('\n');
        check(text, at, `${before.length}:${(before.at(-1) ?? '').length + 1}`);
      }),
    );
  });
});
