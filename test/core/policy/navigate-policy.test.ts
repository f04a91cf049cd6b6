import assert from 'node:assert/strict';
import { nameAt, nameUses } from '../../../server/src/core/policy/name-uses';
import type { NamedText, NamePlace } from '../../../server/src/core/policy/navigate-policy';
import { findEntries, findUses, findUsesIn } from '../../../server/src/core/policy/navigate-policy';

const HOSTS = 'hosts:\n  prod: { ssh: a@b }\n  vault: { ssh: c@d }\n';
const MAIN = `${HOSTS}policies:\n  one: { source: prod:tank, target: vault:cold }\n`;
/** Has no hosts of its own, so it means those of the others. */
const MORE = 'policies:\n  two: { source: vault:cold, target: far:cold }\n';
const OTHER = 'hosts:\n  prod: { local: true }\npolicies:\n  three: { source: prod:tank, target: nowhere:cold }\n';
const FILES: readonly NamedText[] = [
  { uri: 'main', text: MAIN },
  { uri: 'more', text: MORE },
  { uri: 'other', text: OTHER },
];

type Search = typeof findEntries;

/** `at` is a part of the file whose first letter is the place that is asked about; places are `FILE:LINE`. */
function check(search: Search, uri: string, at: string, ...expected: readonly string[]): void {
  const text = FILES.find((file) => file.uri === uri)?.text ?? '';
  const use = nameAt(nameUses(text), text.indexOf(at));
  assert.ok(use, at);
  assert.deepEqual(search(FILES, { uri, use }).map(toLine), expected, `${uri} ${at}`);
}

function toLine({ uri, span }: NamePlace): string {
  const text = FILES.find((file) => file.uri === uri)?.text ?? MAIN;
  return `${uri}:${text.slice(0, span.start).split('\n').length}`;
}

describe('findEntries', () => {
  it('goes from an endpoint to the host of its own file', () => {
    check(findEntries, 'main', 'prod:tank', 'main:2');
    check(findEntries, 'other', 'prod:tank', 'other:2');
    check(findEntries, 'main', 'vault: {', 'main:3');
  });

  it('goes to other files for what its own has not', () => {
    check(findEntries, 'more', 'vault:cold', 'main:3');
    check(findEntries, 'other', 'nowhere');
  });

  it('goes from a source to the policy that makes it', () => {
    check(findEntries, 'more', 'cold, target', 'main:5');
    check(findEntries, 'main', 'tank, target');
  });
});

describe('findUses', () => {
  it('finds the uses of the same host, and not those of a namesake', () => {
    check(findUses, 'main', 'vault: {', 'main:3', 'main:5', 'more:2');
    check(findUses, 'more', 'vault:cold', 'main:3', 'main:5', 'more:2');
    check(findUses, 'other', 'prod:tank', 'other:2', 'other:4');
    check(findUses, 'main', 'prod:tank', 'main:2', 'main:5');
  });

  it('finds a host that no file has within its own file', () => {
    check(findUses, 'other', 'nowhere', 'other:4');
  });

  it('finds policies and the ways that a replica goes on', () => {
    check(findUses, 'main', 'one', 'main:5');
    check(findUses, 'main', 'cold }', 'main:5', 'more:2');
  });

  it('finds what one file says alone', () => {
    assert.deepEqual(findUsesIn(MAIN, MAIN.indexOf('prod:tank')).map(toLine), [':2', ':5']);
    assert.deepEqual(findUsesIn(MAIN, 0), []);
  });
});
