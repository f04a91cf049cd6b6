/** What is offered, by what is to be written and by the state that the file is in: every kind has to be offered in every state. */
import assert from 'node:assert/strict';
import { completePolicy } from '../../../server/src/core/policy/complete-policy';
import { applyEdits } from '../../../server/src/core/text/span';
import { KNOWN } from './inventories';

const HEAD = 'version: 1\nhosts:\n  prod: { ssh: a@b }\n  vault: { local: true }\npolicies:\n';
const SECTIONS =
  'recursive exclude snapshots send receive keys transport guard retention schedule window standby escrow replica';

/** What is written, with `|` at the cursor, as an entry of a policy; its path is `policies a`. */
interface Kind {
  readonly what: string;
  readonly written: string;
  readonly expected: string;
  /** What the policy has besides; an entry each. */
  readonly beside?: readonly string[];
}

const KINDS: readonly Kind[] = [
  { what: 'keys', written: 'se|', expected: `source target ${SECTIONS}`, beside: ['intent: vault'] },
  { what: 'keys of a section', written: 'send: { | }', expected: 'raw intermediates' },
  { what: 'values', written: 'intent: |', expected: 'vault standby' },
  { what: 'values of a section', written: 'keys: { load: ma| }', expected: 'never manual' },
  { what: 'hosts and aliases', written: 'target: |', expected: 'prod vault cold.lan' },
  { what: 'datasets', written: 'target: vault:|', expected: 'backup backup/prod backup/prod/home' },
  { what: 'snapshots', written: 'snapshots: { prefix: | }', expected: 'rep-', beside: ['source: prod:tank/data'] },
  { what: 'children', written: 'exclude: [|]', expected: 'scratch web/cache', beside: ['source: prod:tank/data'] },
  {
    what: 'children, the second',
    written: 'exclude: [old, w|]',
    expected: 'scratch web/cache',
    beside: ['source: prod:tank/data'],
  },
];

/** How the entries of a policy are written down. */
const STATES: Readonly<Record<string, (entries: readonly string[]) => string>> = {
  'in a block': (entries) => `${HEAD}  a:\n${lines('    ', entries)}`,
  'in a flow map': (entries) => `${HEAD}  a: { ${entries.join(', ')} }\n`,
  'in a flow map that is open': (entries) => `${HEAD}  a: { ${entries.join(', ')}\n`,
  'in a flow map of several lines': (entries) =>
    `${HEAD}  a: {\n${entries.map((entry) => `    ${entry},\n`).join('')}  }\n`,
  'after a half-typed key': (entries) => `${HEAD}  a:\n    sen\n${lines('    ', entries)}`,
  'before a half-typed key': (entries) =>
    `${HEAD}  a:\n${lines('    ', entries)}    sen\n    recursive: true\n`.replace('recursive: true\n', ''),
  'beside a policy that is half typed': (entries) => `${HEAD}  b\n  a:\n${lines('    ', entries)}`,
  'under hosts that are half typed': (entries) =>
    `${HEAD.replace('  vault', '  va\n  vault')}  a:\n${lines('    ', entries)}`,
  'after a quote that is open': (entries) => `${HEAD}  b:\n    intent: "vault\n  a:\n${lines('    ', entries)}`,
  'with other indentation and line ends': (entries) =>
    `${HEAD}   a:\n\n${lines('         ', entries)}`
      .replaceAll('\n  prod', '\n   prod')
      .replaceAll('\n  vault', '\n   vault')
      .replaceAll('\n', '\r\n'),
};

const lines = (indent: string, entries: readonly string[]): string =>
  entries.map((entry) => `${indent}${entry}\n`).join('');

function offered(marked: string): string {
  const offset = marked.indexOf('|');
  const entries = completePolicy(marked.replace('|', ''), offset, KNOWN);
  return entries.map(({ label }) => label).join(' ');
}

describe('completion', () => {
  for (const [state, write] of Object.entries(STATES)) {
    for (const { what, written, expected, beside = [] } of KINDS) {
      it(`offers ${what} ${state}`, () => {
        const marked = write([...beside, written]);
        assert.equal(offered(marked), expected, marked);
      });
    }
  }

  for (const [what, marked, expected] of [
    ['an empty file', '|', 'version include hosts defaults policies'],
    ['a file of blank lines', '\n\n|\n', 'version include hosts defaults policies'],
    ['a file of a comment', '# ours\n|', 'version include hosts defaults policies'],
    ['a file that begins a document', '---\n|', 'version include hosts defaults policies'],
    ['a first line that is indented', '  |', 'version include hosts defaults policies'],
    ['a line that follows a half-typed key', 'version: 1\nhost\n|', 'include hosts defaults policies'],
    [
      'a list in a block',
      `${HEAD}  a:\n    source: prod:tank/data\n    exclude:\n      - old\n      - |\n`,
      'scratch web/cache',
    ],
    ['a list at its key', `${HEAD}  a:\n    source: prod:tank/data\n    exclude:\n    - |\n`, 'scratch web/cache'],
    ['a value in the next line', `${HEAD}  a:\n    intent:\n      va|\n`, 'vault standby'],
    ['the names of hosts', 'hosts:\n  a: { ssh: x }\n  |\n', 'prod cold.lan'],
    ['the keys of a host', 'hosts:\n  a: { | }\n', 'ssh hostKey local elevate'],
    ['the address of a host', 'hosts:\n  a:\n    ssh: root@|\n', 'prod cold.lan -odd'],
    [
      'a key between others',
      `${HEAD}  a:\n    intent: vault\n    sen|\n    source: prod:x\n    target: vault:y\n`,
      SECTIONS,
    ],
    [
      'a key between others and a half-typed one',
      `${HEAD}  a:\n    intent: vault\n    sen\n    |\n    source: prod:x\n    target: vault:y\n`,
      SECTIONS,
    ],
  ] as const) {
    it(`offers what fits in ${what}`, () => assert.equal(offered(marked), expected, marked));
  }

  // Whatever was chosen there would make the file wrong.
  for (const [what, marked] of [
    ['deeper than its section', `${HEAD}  a:\n    intent: vault\n      se|\n`],
    ['between two sections', `${HEAD}  a:\n    intent: vault\n   se|\n`],
    ['between two hosts and their keys', 'hosts:\n  a:\n    ssh: x\n   |\n'],
    ['less deep than the first of a section', 'hosts:\n    a: { ssh: x }\n  |\n'],
    ['behind a tab', `${HEAD}  a:\n    intent: vault\n\t|\n`],
    ['where a policy gets its name', `${HEAD}  |`],
    ['behind a dash without a blank', `${HEAD}  a:\n    source: prod:tank/data\n    exclude:\n      -|\n`],
  ] as const) {
    it(`offers nothing ${what}`, () => assert.equal(offered(marked), '', marked));
  }

  it('writes over the word, whatever state the file is in', () => {
    const marked = `${HEAD}  a:\n    sen\n    intent: va|x\n    source: prod:x\n`;
    const text = marked.replace('|', '');
    const [vault] = completePolicy(text, marked.indexOf('|'), KNOWN);
    assert.equal(vault && applyEdits(text, [vault.edit]), text.replace('vax', 'vault'));
  });
});
