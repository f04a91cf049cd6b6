import assert from 'node:assert/strict';
import { ok } from '../../../server/src/core/result';
import { lintDocument } from '../../../server/src/core/lint/lint-document';
import { applyFixes } from '../../../server/src/core/lint/apply-fixes';
import { policyLive } from '../../../server/src/core/lint/rules/policy-live';
import type { LiveFact } from '../../../server/src/core/lint/live-fact';
import { liveFacts } from '../../../server/src/core/live/live-facts';
import { withLive } from '../../../server/src/core/live/with-live';
import { parsePolicy } from '../../../server/src/core/policy/parse-policy';
import type { Inventory } from '../../../server/src/core/zfs/inventory';
import { inventories, policyFile } from '../plan/notation';
import type { PlanCase } from '../plan/notation';

const TOLD = Date.parse('2026-11-23T05:00:00Z') / 1000;

function facts({ src, dst, policy }: PlanCase, hosts: readonly string[] = ['prod', 'vault']): readonly LiveFact[] {
  const known = inventories({ src, ...(dst === undefined ? {} : { dst }) });
  const given = hosts.flatMap((host) => known[host] ?? []);
  return liveFacts(policyFile(policy), given, TOLD);
}

const begins = (found: readonly LiveFact[]): readonly string[] => found.map(({ at, message }) => `${at}: ${message}`);

/** Each case: what is there, and how the facts begin. */
const CASES: readonly (readonly [name: string, one: PlanCase, expected: readonly RegExp[]])[] = [
  ['nothing that is wrong', { src: { '': 'root @a1*', app: '@a2*' }, dst: { '': 'root @a1', app: '@a2' } }, []],
  ['a first run to come', { src: { '': 'root @a1', app: '@a2' } }, []],
  ['no source', { src: {} }, [/^source: tank\/src does not exist on prod/]],
  ['a clear source', { src: 'clear @a1' }, [/^source: tank\/src is not encrypted: .*; choose an encrypted dataset/]],
  [
    'clear children, as one fact',
    { src: { '': 'root @a1', a: 'clear @a2', b: 'clear @a3', c: 'clear @a4', d: 'clear @a5', e: 'clear @a6' } },
    [/^source: tank\/src\/a is not encrypted.*so it is with tank\/src\/b, tank\/src\/c, tank\/src\/d and 1 more$/],
  ],
  ['a clear child that is excluded', { src: { '': 'root @a1', tmp: 'clear @a2' }, policy: '    exclude: [tmp]\n' }, []],
  ['a key in the vault', { src: '@a1*', dst: '@a1 loaded' }, [/^target: the key of backup\/dst is loaded on vault/]],
  ['a mounted vault', { src: '@a1*', dst: '@a1 mounted' }, [/^target: backup\/dst is mounted/]],
  ['a foreign snapshot', { src: '@a1', dst: '@a1 @mine7' }, [/^target: backup\/dst@mine came after the last snapshot/]],
  [
    'another lineage',
    { src: '@a1 @b2', dst: '@a1 @b2!' },
    [/^target: backup\/dst@b has the guid .* another ivsetguid/],
  ],
  [
    'a base that is gone',
    { src: '@b2', dst: '@a1' },
    [/^target: no snapshot or bookmark of tank\/src has the lineage/],
  ],
  ['a replica that was written to', { src: '@a1*', dst: '@a1 +' }, [/^target: backup\/dst was written to after @a/]],
  [
    'a stale token',
    { src: '@a1* @b2', dst: '@a1 token=c3-a1' },
    [/^target: backup\/dst keeps an interrupted transfer that cannot go on/],
  ],
  ['a token that is not raw', { src: '@a1* @b2', dst: '@a1 plain-token=b2-a1' }, [/^target: .* that is not raw/]],
  [
    'a base without a hold',
    { src: '@a1', dst: '@a1' },
    [/^source: tank\/src@a is the base .* tag rawsend:p:vault, so/],
  ],
  [
    'a child that was renamed',
    { src: { '': 'root @a1*', neu: '@a2' }, dst: { '': 'root @a1', old: '@a2' } },
    [/^source: tank\/src\/neu has the snapshots that the target keeps/],
  ],
  [
    'a release that is not allowed',
    { src: '@a1*', dst: '@a1', policy: '    guard: { versions: ["2.2"] }\n' },
    [/^source: prod has OpenZFS 2\.3\.2, and guard\.versions asks for/, /^target: vault has OpenZFS 2\.3\.2/],
  ],
  [
    'a child whose name is too long below the target',
    { src: { '': 'root @a1*', ['x'.repeat(216)]: '@a2*' } },
    [
      /^target: backup\/dst\/x+@rep-\S+-adopt would be a name of 256 characters .* received on vault; choose a shorter target/,
    ],
  ],
  ['what the policy itself tells', { src: '@a1', policy: '    intent: standby\n    send: { raw: false }\n' }, []],
];

const KEYED: Readonly<Record<string, string>> = { prod: 'hex', vault: 'passphrase' };

/** Both sides with a passphrase, which the salt names. */
function salted(...salts: readonly [source: string, target: string]): readonly Inventory[] {
  return Object.values(inventories({ src: 'root @a1*', dst: 'root @a1' })).map((inventory, index) => ({
    ...inventory,
    datasets: inventory.datasets.map((dataset) => ({
      ...dataset,
      keyFormat: 'passphrase',
      pbkdf2Salt: salts[index] ?? '',
      pbkdf2Iters: 350_000,
    })),
  }));
}

/** The same with one more dataset, which is like the last one. */
function child(inventory: Inventory, name: string, pbkdf2Salt: string): Inventory {
  const last = inventory.datasets.at(-1);
  assert.ok(last);
  return { ...inventory, datasets: [...inventory.datasets, { ...last, name, pbkdf2Salt }] };
}

describe('liveFacts', () => {
  for (const [name, one, expected] of CASES) {
    it(`tells ${name}`, () => {
      const found = begins(facts(one));
      assert.equal(found.length, expected.length, found.join('\n'));
      expected.forEach((pattern, index) => assert.match(found[index] ?? '', pattern));
      for (const message of found) assert.ok(!message.endsWith('.'), message);
    });
  }

  it('says nothing of a relay to which the first run is yet to bring something, nor of what it brings no more', () => {
    const policy =
      '    intent: vault\n  first: { intent: vault, source: vault:backup/origin, target: prod:tank/src }\n';
    const ofSecond = (one: PlanCase): readonly string[] =>
      begins(facts({ ...one, policy }).filter((fact) => fact.policy === 'p'));
    assert.deepEqual(ofSecond({ src: {} }), []);
    const src = { '': 'root @rep-a1 @rep-b3*', old: '@rep-a2*' };
    assert.deepEqual(ofSecond({ src, dst: { '': 'root @rep-b3', old: '@rep-a2' } }), []);
  });

  it('tells a key that was changed, where its format shows it', () => {
    const known = inventories({ src: 'root @a1*', dst: 'root @a1' });
    const withKeys = Object.values(known).map((inventory): Inventory => {
      const keyFormat = KEYED[inventory.host] ?? '';
      return { ...inventory, datasets: inventory.datasets.map((dataset) => ({ ...dataset, keyFormat })) };
    });
    const [fact, ...others] = liveFacts(policyFile(), withKeys, TOLD);
    assert.match(
      fact?.message ?? '',
      /^the key of tank\/src was changed: it is a hex on prod and still a passphrase on vault/,
    );
    assert.deepEqual(others, []);
  });

  for (const [load, message] of [
    [
      'never',
      /^the passphrase of tank\/src was changed after the last raw send: until the next increment arrives, backup\/dst on vault opens with the old one alone/,
    ],
    ['manual', /^the passphrase of tank\/src is not that of backup\/dst any more: .* on vault is undone by it/],
  ] as const) {
    it(`tells a passphrase that was changed, where keys.load is ${load}`, () => {
      const policy = load === 'never' ? undefined : '    intent: standby\n    keys: { load: manual }\n';
      const [fact, ...others] = liveFacts(policyFile(policy), salted('11', '12'), TOLD);
      assert.match(fact?.message ?? '', message);
      assert.doesNotMatch(fact?.message ?? '', /1[12]/, 'a salt is not printed');
      assert.deepEqual(others, []);
    });
  }

  it('tells a child that got no increment since', () => {
    const [prod, vault] = salted('11', '11');
    assert.ok(prod && vault);
    const known = [child(prod, 'tank/src/app', '11'), child(vault, 'backup/dst/app', '10')];
    const [fact, ...others] = liveFacts(policyFile(), known, TOLD);
    assert.match(
      fact?.message ?? '',
      /^backup\/dst\/app on vault is still wrapped with a key from before a change: what opens tank\/src\/app on prod/,
    );
    assert.deepEqual(others, []);
  });

  it('is silent of a passphrase that is the same at both sides', () =>
    assert.deepEqual(liveFacts(policyFile(), salted('11', '11'), TOLD), []));

  it('knows of one host alone what concerns it', () => {
    const one = { src: { '': 'root @a1', tmp: 'clear @a2' }, dst: { '': 'root @x9 loaded' } };
    assert.deepEqual(
      [['prod'], ['vault'], []].map((hosts) => facts(one, hosts).map(({ at }) => at)),
      [['source'], ['target'], []],
    );
  });

  it('counts the names at the target without having read it', () => {
    const [fact, ...others] = facts({ src: { '': 'root @a1', ['x'.repeat(230)]: '@b2' } }, ['prod']).filter(
      ({ at }) => at === 'target',
    );
    assert.match(fact?.message ?? '', /cannot be received on vault; 1 more name is too long/);
    assert.deepEqual(others, []);
  });

  it('says of which host, and how old that is', () => {
    assert.equal(facts({ src: 'clear @a1' })[0]?.asOf, 'prod as read 3 h ago, vault as read 3 h ago');
    assert.equal(facts({ src: 'clear @a1' }, ['prod'])[0]?.asOf, 'prod as read 3 h ago');
    const [fact] = liveFacts(policyFile(), Object.values(inventories({ src: 'clear @a1' })));
    assert.match(fact?.asOf ?? '', /^prod as read at 2026-11-23T02:00:00\.000Z, /);
  });

  it('takes the newest inventory, also by the address of a host', () => {
    const known = inventories({ src: 'clear @a1' });
    const [prod, vault] = [known['prod'], known['vault']];
    assert.ok(prod && vault);
    const newer = { ...prod, host: 'root@source', takenAt: '2026-11-23T04:00:00Z', datasets: [] };
    const found = liveFacts(policyFile(), [newer, prod, vault], TOLD);
    assert.match(found[0]?.message ?? '', /does not exist on root@source/);
  });
});

const TEXT = `version: 1
hosts:
  prod: { ssh: root@source }
  vault: { ssh: root@dest }
policies:
  p:
    intent: vault
    source: prod:tank/src
    target: vault:backup/dst
`;

describe('policy-live', () => {
  const document = { path: 'rawsend.yaml', text: TEXT };
  const known = Object.values(inventories({ src: { '': 'root @a1', 'my tmp': 'clear @a2', log: 'clear @a3' } }));
  const lint = (text: string) =>
    lintDocument({ ...document, text }, withLive({ ...document, text }, { inventories: known }));

  it('tells at the value what the inventory shows', () => {
    const [finding, ...others] = lint(TEXT);
    assert.deepEqual(others, []);
    assert.equal(finding?.rule, 'policy-live');
    assert.equal(TEXT.slice(finding.span.start, finding.span.end), 'prod:tank/src');
    assert.match(finding.message, /\(prod as read at 2026-11-23T02:00:00\.000Z, vault as read at .*\)$/);
  });

  it('knows of an included policy that brings the source, and tells nothing of it', () => {
    const first = `${TEXT.slice(0, TEXT.indexOf('  p:'))}  first: { intent: vault, source: "vault:backup/origin", target: "prod:tank/src" }\n`;
    const text = `version: 1\ninclude: [first.yaml]\n${TEXT.slice(TEXT.indexOf('policies:'))}`;
    const included = { path: '/rawsend.yaml', files: new Map([['/first.yaml', ok(first)]]) };
    const context = { included, inventories: Object.values(inventories({ src: {} })) };
    assert.deepEqual(lintDocument({ ...document, text }, withLive({ ...document, text }, context)), []);
  });

  it('is silent without an inventory', () => assert.deepEqual(lintDocument(document, withLive(document, {})), []));

  for (const [how, written, expected] of [
    ['nowhere', '', '    exclude: ["my tmp", log]\n'],
    ['in a list', '    exclude: [old]\n', '    exclude: ["my tmp", log, old]\n'],
    ['in an empty list', '    exclude: []\n', '    exclude: ["my tmp", log]\n'],
  ] as const) {
    it(`excludes clear children where exclude stands ${how}`, () => {
      const text = TEXT.replace('    source', `${written}    source`);
      const fixed = applyFixes(text, lint(text), 'all');
      assert.ok(fixed.includes(expected), fixed);
      assert.deepEqual(lint(fixed), []);
      assert.equal(applyFixes(text, lint(text), 'safe'), text);
    });
  }

  it('offers no fix for a list in a form of its own', () => {
    const [finding] = lint(`${TEXT}    exclude:\n      - old\n`);
    assert.deepEqual(finding?.fixes, []);
  });
});

describe('the examples of policy-live', () => {
  it('are what the planner says', () => {
    const text = policyLive.examples.good[0] ?? '';
    const { file } = parsePolicy(text.replace('    exclude: [tmp]\n', ''));
    const renamed = JSON.stringify(
      Object.values(inventories({ src: { '': 'root @a1*', tmp: 'clear @a2' }, dst: 'root @a1 loaded' })),
    )
      .replaceAll('tank/src', 'tank/prod')
      .replaceAll('backup/dst', 'backup/prod')
      .replaceAll('rawsend:p:', 'rawsend:prod-to-vault:')
      .replaceAll('02:00:00.000Z', '02:00:00Z');
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what was an inventory a line above
    const known = JSON.parse(renamed) as readonly Inventory[];
    assert.deepEqual(file && liveFacts(file, known), policyLive.examples.bad[0]?.live);
  });
});
