import assert from 'node:assert/strict';
import type { TextEdit } from '../../../server/src/core/text/span';
import { applyEdits, contains, span } from '../../../server/src/core/text/span';

const edit = (start: number, end: number, newText: string): TextEdit => ({ span: span(start, end), newText });

function check(edits: readonly TextEdit[], expected: string): void {
  assert.equal(applyEdits('abcdef', edits), expected);
}

describe('applyEdits', () => {
  it('replaces, inserts and removes, in any order', () => {
    check([], 'abcdef');
    check([edit(4, 6, 'X'), edit(0, 1, 'Y')], 'YbcdX');
    check([edit(6, 6, '!'), edit(0, 0, '>')], '>abcdef!');
    check([edit(1, 3, '')], 'adef');
  });

  it('leaves out what overlaps an earlier edit', () => {
    check([edit(0, 3, 'X'), edit(2, 4, 'Y')], 'Xdef');
    check([edit(0, 3, 'X'), edit(3, 4, 'Y')], 'XYef');
  });
});

describe('contains', () => {
  it('counts both ends, as a cursor does', () => {
    assert.ok(contains(span(1, 3), 1) && contains(span(1, 3), 3));
    assert.ok(!contains(span(1, 3), 0) && !contains(span(1, 3), 4));
  });
});
