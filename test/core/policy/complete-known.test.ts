import assert from 'node:assert/strict';
import { completePolicy } from '../../../server/src/core/policy/complete-policy';
import { applyEdits } from '../../../server/src/core/text/span';
import { KNOWN } from './inventories';

const HEAD = 'version: 1\nhosts: { prod: { ssh: a@b }, vault: { local: true } }\npolicies:\n';
const hosts = (more: string): string => `version: 1\nhosts:\n  prod: { ssh: a@b } # ours\n${more}policies:\n`;
const CHILDREN = ['scratch', 'web/cache'];
const OF_PROD = ['tank', 'tank/data', ...CHILDREN.map((child) => `tank/data/${child}`)];

/** `|` in the text is the cursor; `expected` are the labels. */
function check(marked: string, ...expected: readonly string[]): void {
  assert.deepEqual(
    complete(marked).entries.map(({ label }) => label),
    expected,
    marked,
  );
}

/** Checks the text after accepting the entry of that label. */
function checkAccepted(marked: string, label: string, expected: string): void {
  const { text, entries } = complete(marked);
  const entry = entries.find((candidate) => candidate.label === label);
  assert.ok(entry, `${label} in ${marked}`);
  assert.notEqual(entry.documentation, '');
  assert.equal(applyEdits(text, [entry.edit, ...(entry.also ? [entry.also] : [])]), expected);
}

function complete(marked: string) {
  const offset = marked.indexOf('|');
  const text = marked.replace('|', '');
  return { text, entries: completePolicy(text, offset, KNOWN) };
}

describe('completion of what is known', () => {
  it('offers the datasets of the host before the colon', () => {
    check(`${HEAD}  a:\n    source: prod:|`, ...OF_PROD);
    check(`${HEAD}  a:\n    source: prod:tank/d|ata\n`, ...OF_PROD);
    check(`${HEAD}  a: { target: "vault:|`, 'backup', 'backup/prod', 'backup/prod/home');
    check(`${HEAD}  a:\n    source: other:|`);
    check(`${HEAD}  a:\n    source: |`, 'prod', 'vault', 'cold.lan');
    checkAccepted(`${HEAD}  a: { source: prod:ta|nk/x }`, 'tank/data', `${HEAD}  a: { source: prod:tank/data }`);
  });

  it('offers children to exclude, relative to the source', () => {
    check(`${HEAD}  a:\n    source: prod:tank/data\n    exclude: [|]\n`, ...CHILDREN);
    check(`${HEAD}  a:\n    source: prod:tank/data\n    exclude:\n      - web/|\n`, ...CHILDREN);
    check(`${HEAD}  a:\n    exclude: [|]\n`);
    const text = (item: string) => `${HEAD}  a:\n    source: prod:tank/data\n    exclude: [${item}]\n`;
    checkAccepted(text('web|/x'), 'web/cache', text('web/cache'));
  });

  it('offers how the snapshots of the source begin', () => {
    check(`${HEAD}  a:\n    source: prod:tank/data\n    snapshots: { prefix: | }\n`, 'rep-');
    check(`${HEAD}  a:\n    source: prod:tank/none\n    snapshots: { prefix: | }\n`);
    check(`${HEAD}  a:\n    snapshots: { prefix: | }\n    source: "prod:tank/data\n`, 'rep-');
  });

  it('offers the aliases of the ssh configuration, as addresses and as new hosts', () => {
    check('hosts:\n  a:\n    ssh: |', 'prod', 'cold.lan', '-odd');
    check('hosts:\n  |', 'prod', 'cold.lan');
    check('hosts:\n  prod: { ssh: x }\n  c|\n', 'cold.lan');
    checkAccepted('hosts:\n  c|', 'cold.lan', 'hosts:\n  cold.lan: { ssh: cold.lan }');
    checkAccepted('hosts:\n  c|: { local: true }', 'cold.lan', 'hosts:\n  cold.lan: { local: true }');
    checkAccepted('hosts: { a: { ssh: root@p| } }', 'prod', 'hosts: { a: { ssh: root@prod } }');
  });

  it('declares an alias that is chosen for an endpoint', () => {
    checkAccepted(
      `${hosts('')}  a:\n    source: c|\n`,
      'cold.lan',
      `${hosts('  cold.lan: { ssh: cold.lan }\n')}  a:\n    source: cold.lan:\n`,
    );
    checkAccepted(
      `${HEAD}  a:\n    source: |:tank\n`,
      'cold.lan',
      `${HEAD.replace(' } }', ' }, cold.lan: { ssh: cold.lan } }')}  a:\n    source: cold.lan:tank\n`,
    );
    check('policies:\n  a:\n    source: |');
  });

  it('offers nothing of that elsewhere', () => {
    check(`${HEAD}  |`);
    check(`${HEAD}  a:\n    guard: { maxEstimate: | }`);
    check('hosts:\n  a:\n    elevate: s|', 'none', 'sudo', 'doas');
  });
});
