import assert from 'node:assert/strict';
import { readTree } from '../../../server/src/core/yaml/yaml-tree';

/** What is told of a text, each with what it stands at. */
const told = (text: string): readonly string[] =>
  readTree(text).problems.map(({ span, message }) => `${text.slice(span.start, span.end)}: ${message}`);

describe('the problems of a YAML text', () => {
  it('are one for a bracket that closes nothing, however much follows', () => {
    assert.deepEqual(told('a: { b: 1 }}\nc: 1\nd: { e: 1 }\nf: [1]\n'), [
      '}: this `}` closes nothing, and what follows is not read: remove it',
    ]);
    assert.deepEqual(told('a: [1]]\nc: 1\n'), [']: this `]` closes nothing, and what follows is not read: remove it']);
  });

  it('are one for a colon that lacks its space, or a key that lacks its colon', () => {
    const below = '\n  intent: vault\n  source: x\n  target: y\n';
    assert.deepEqual(told(`a:x${below}`), [
      'a:x: this is read as one word, not as a key and its value: write a space after the colon',
    ]);
    assert.deepEqual(told(`a${below}`), ['a: a key stands on one line and is followed by a colon']);
  });

  it('are told each where they do not follow from each other', () => {
    assert.equal(told('a: "x" y\nb: { c: 1\nd: 1\n').length, 2);
  });
});
