import assert from 'node:assert/strict';
import { policyPlaces } from '../../../server/src/core/policy/policy-places';

/** Every name stands at its span, so the names are enough. */
function check(text: string, ...expected: readonly string[]): void {
  const places = policyPlaces(text);
  assert.deepEqual(
    places.map(({ name }) => name),
    expected,
  );
  for (const { name, span } of places) assert.equal(text.slice(span.start, span.end), name);
}

const targets = (target: string): readonly string[] =>
  policyPlaces(`policies: { p: { target: ${target} } }`).flatMap((place) => place.targets);

describe('policyPlaces', () => {
  it('finds every policy', () => {
    check('policies:\n  one: {}\n  two:\n    intent: vault\n', 'one', 'two');
    check('policies: { one: {}, two: }', 'one', 'two');
    check('\ufeffversion: 1\r\npolicies:\r\n  one: {}\r\n', 'one');
  });

  it('finds them in a broken file too', () => {
    check('policies:\n  one:\n    int\n  two:\n    intent: [\n', 'one', 'two');
    check('hosts: *x\npolicies:\n  one:\n    <<: *y\n  two: @\n', 'one', 'two');
  });

  it('names the targets of one that has several', () => {
    assert.deepEqual(targets('[a:x/y, "b:x/y"]'), ['p:a', 'p:b']);
    assert.deepEqual(targets('[a:x/y, b'), ['p:a']);
    for (const target of ['a:x/y', '[a:x/y]', '[]', '']) assert.deepEqual(targets(target), []);
  });

  it('finds none where there is none', () => {
    for (const text of ['', 'policies:', 'policies: []', 'policies: words', '['.repeat(1000)]) check(text);
  });
});
