import { Refused } from '../ended';
import type { LabHost } from '../host';

/** `test`: strings, numbers and files, with `!` in front. */
export function evaluateTest(host: LabHost, words: readonly string[]): boolean {
  const [first = '', second = '', third = ''] = words;
  if (first === '!' && words.length > 1) return !evaluateTest(host, words.slice(1));
  if (words.length <= 1) return first !== '';
  if (words.length === 2) {
    const unary = UNARY[first];
    if (unary) return unary(second, host);
  }
  const binary = BINARY[second];
  if (words.length === 3 && binary) return binary(first, third);
  throw new Refused(`the lab's test does not know: ${words.join(' ')}`);
}

const hasFile = (path: string, host: LabHost): boolean =>
  host.files.has(path) || [...host.state.datasets.values()].some(({ mount }) => mount?.path === path);

const UNARY: Readonly<Record<string, (word: string, host: LabHost) => boolean>> = {
  '-n': (word) => word !== '',
  '-z': (word) => word === '',
  '-e': hasFile,
  '-f': (path, host) => host.files.has(path),
  '-d': (path, host) => !host.files.has(path) && hasFile(path, host),
};

const numbers =
  (compare: (a: number, b: number) => boolean) =>
  (a: string, b: string): boolean =>
    compare(Number(a), Number(b));

const BINARY: Readonly<Record<string, (a: string, b: string) => boolean>> = {
  '=': (a, b) => a === b,
  '!=': (a, b) => a !== b,
  '-eq': numbers((a, b) => a === b),
  '-ne': numbers((a, b) => a !== b),
  '-lt': numbers((a, b) => a < b),
  '-le': numbers((a, b) => a <= b),
  '-gt': numbers((a, b) => a > b),
  '-ge': numbers((a, b) => a >= b),
};
