import assert from 'node:assert/strict';
import type { CircleEdge } from '../../../server/src/core/policy/circles';
import { findCircles } from '../../../server/src/core/policy/circles';

interface Named extends CircleEdge {
  readonly name: string;
}

/** `a>b` leads from the dataset a to the dataset b; a name with `/` lies in another. */
const edge = (name: string): Named => {
  const [source = '', target = ''] = name.split('>');
  return { name, source: { machine: 'm', dataset: source }, target: { machine: 'm', dataset: target } };
};

const circlesOf = (...names: readonly string[]): readonly string[] =>
  findCircles(names.map(edge)).map((circle) => circle.map(({ name }) => name).join(' '));

/** Each place of an edge that is looked at is a step. */
const stepsFor = (names: readonly string[]): number => {
  let steps = 0;
  const counted = names.map(edge).map(({ source, target }) => ({
    get source() {
      steps++;
      return source;
    },
    get target() {
      steps++;
      return target;
    },
  }));
  assert.deepEqual(findCircles(counted), []);
  return steps;
};

const numbers = (size: number): number[] => Array.from({ length: size }, (_, index) => index);

describe('findCircles', () => {
  it('finds a circle at its last edge, beginning after it', () => {
    assert.deepEqual(circlesOf('a>b', 'b>c', 'c>a'), ['a>b b>c c>a']);
    assert.deepEqual(circlesOf('c>a', 'a>b', 'b>c'), ['c>a a>b b>c']);
  });

  it('finds what leads back by way of a dataset above or below', () => {
    assert.deepEqual(circlesOf('a/x>b', 'b/y>a'), ['a/x>b b/y>a']);
    assert.deepEqual(circlesOf('a>b', 'b>a/x'), ['a>b b>a/x']);
    assert.deepEqual(circlesOf('a/x>b', 'b>a/xy'), []);
  });

  it('knows machines apart', () => {
    const [one, other] = [edge('a>b'), edge('b>a')];
    assert.deepEqual(findCircles([one, { ...other, target: { machine: 'n', dataset: 'a' } }]), []);
  });

  it('goes the shortest way, and tells each circle once', () => {
    assert.deepEqual(circlesOf('a>b', 'b>c', 'b>d', 'c>d', 'd>a'), ['a>b b>d d>a']);
    assert.deepEqual(circlesOf('a>b', 'b>a', 'x>y', 'y>x'), ['a>b b>a', 'x>y y>x']);
  });

  it('is silent about chains, forks, what leads into itself, and what only touches a circle', () => {
    assert.deepEqual(circlesOf('a>b', 'b>c', 'a>d', 'a>a/x'), []);
    assert.deepEqual(circlesOf('z>a', 'a>b', 'b>a', 'b>y'), ['a>b b>a']);
  });

  const shapes: Readonly<Record<string, (size: number) => readonly string[]>> = {
    'policies that have nothing to do with each other': (size) => numbers(size).map((n) => `tank/${n}>vault/${n}`),
    'a chain': (size) => numbers(size).map((n) => `a${n}>a${n + 1}`),
    'a chain from its end': (size) => numbers(size).map((n) => `a${size - n}>a${size - n + 1}`),
    'one source with many targets': (size) => numbers(size).map((n) => `tank>vault/${n}`),
    'many sources below one pool': (size) => numbers(size).map((n) => `tank/${n}>vault`),
  };
  for (const [name, shape] of Object.entries(shapes)) {
    it(`takes steps in proportion to ${name}`, () => {
      const [few, many] = [stepsFor(shape(100)), stepsFor(shape(1000))];
      assert(few > 100, `${few} steps count nothing`);
      assert(many < 12 * few, `${many} steps for ten times as much as took ${few}`);
    });
  }
});
