/** A policy with a list of targets: what is read of it, and what an editor says about each item. */
import assert from 'node:assert/strict';
import { lintDocument } from '../../../server/src/core/lint/lint-document';
import { liveFacts } from '../../../server/src/core/live/live-facts';
import { completePolicy } from '../../../server/src/core/policy/complete-policy';
import { hoverPolicy } from '../../../server/src/core/policy/hover-policy';
import { makeVault } from '../../../server/src/core/policy/make-vault';
import { nameAt, nameUses } from '../../../server/src/core/policy/name-uses';
import { findEntries, findUses } from '../../../server/src/core/policy/navigate-policy';
import { parsePolicy } from '../../../server/src/core/policy/parse-policy';
import { policyHints } from '../../../server/src/core/policy/policy-hints';
import { policySymbols } from '../../../server/src/core/policy/policy-symbols';
import { policyTokens } from '../../../server/src/core/policy/policy-tokens';
import { renameIn } from '../../../server/src/core/policy/rename-policy';
import { spellOut } from '../../../server/src/core/policy/spell-out';
import { toYamlLines } from '../../../server/src/core/policy/spelled-yaml';
import { holdTag, readSituation } from '../../../server/src/core/plan/situation';
import { applyEdits } from '../../../server/src/core/text/span';
import { inventories } from '../plan/notation';
import { KNOWN } from './inventories';

const HEAD = 'version: 1\nhosts: { prod: { ssh: a@b }, vault: { ssh: c@d }, far: { ssh: e@f } }\npolicies:\n';
const TEXT = `${HEAD}  p:
    intent: vault
    source: prod:tank/src
    target: [vault:backup/dst, far:backup/dst]
`;

const policiesOf = (text: string) => Object.values(parsePolicy(text).file?.policies ?? {});

/** The text at each problem. */
const told = (text: string): readonly string[] =>
  parsePolicy(text).problems.map(({ span }) => text.slice(span.start, span.end));

/** `|` in the text is the cursor. */
function complete(marked: string) {
  const offset = marked.indexOf('|');
  const text = marked.replace('|', '');
  return { text, entries: completePolicy(text, offset, KNOWN) };
}

const labels = (marked: string): readonly string[] => complete(marked).entries.map(({ label }) => label);

describe('a policy with several targets', () => {
  it('is one policy for each, with the tag that it has alone', () => {
    const [alone] = policiesOf(TEXT.replace('[vault:backup/dst, far:backup/dst]', 'vault:backup/dst'));
    const several = policiesOf(TEXT);
    assert.deepEqual(
      [alone, ...several].map((policy) => policy && [policy.name, policy.entry, holdTag(policy)]),
      [
        ['p', 'p', 'rawsend:p:vault'],
        ['p:vault', 'p', 'rawsend:p:vault'],
        ['p:far', 'p', 'rawsend:p:far'],
      ],
    );
  });

  it('is spelled out once, with all of them', () => {
    const lines = toYamlLines(spellOut(parsePolicy(TEXT), 'p:far').keys);
    assert.deepEqual(lines.slice(2, 5), ['target:', '  - vault:backup/dst', '  - far:backup/dst']);
  });

  it('tells what is wrong with all of it once, and with one target there', () => {
    assert.deepEqual(told(`${TEXT}    keys: { load: manual }\n`), ['manual']);
    assert.deepEqual(told(`${TEXT}    receive: { force: rollback }\n`), ['rollback']);
    assert.deepEqual(told(TEXT.replace('prod:tank/src', 'prd:tank/src')), ['prd']);
    assert.deepEqual(told(TEXT.replace('far:backup', 'afr:backup')), ['afr']);
    const long = `far:${'x'.repeat(240)}`;
    assert.deepEqual(told(TEXT.replace('far:backup/dst', long)), [long]);
  });

  it('hides no mistake behind a target that cannot be read', () => {
    const text = `${TEXT.replace('[vault:backup/dst, far:backup/dst]', '[vault:a@b]')}    receive: { mount: true }\n`;
    assert.deepEqual(
      parsePolicy(text).problems.map(({ rule }) => rule),
      ['policy-names', 'policy-vault'],
    );
  });
});

describe('an item of a list of targets', () => {
  it('is completed as a target is', () => {
    const hosts = ['prod', 'vault', 'far', 'cold.lan'];
    for (const list of ['[|]', '[vault:backup/dst, |]', '\n      - |\n', '\n      - vault:backup/dst\n      - |\n'])
      assert.deepEqual(labels(`${HEAD}  p:\n    source: prod:tank/src\n    target: ${list}`), hosts, list);
    assert.deepEqual(labels(`${HEAD}  p:\n    target: [far:x/y, vault:ba|]\n`), [
      'backup',
      'backup/prod',
      'backup/prod/home',
    ]);
    const { text, entries } = complete(`${HEAD}  p:\n    target:\n      - va|\n`);
    const entry = entries.find(({ label }) => label === 'vault');
    assert.ok(entry);
    assert.equal(applyEdits(text, [entry.edit]), `${HEAD}  p:\n    target:\n      - vault:\n`);
    assert.deepEqual(labels(`${HEAD}  p:\n    source: [|]\n`), []);
  });

  it('is explained, with what its host holds', () => {
    const text = TEXT.replace('vault:backup/dst', 'vault:backup/prod');
    const hover = hoverPolicy(text, text.indexOf('vault:backup'), KNOWN);
    assert.ok(hover);
    assert.equal(text.slice(hover.span.start, hover.span.end), 'vault:backup/prod');
    assert.match(hover.markdown, /^On `vault`, as read [^]*its own hold/m);
    assert.match(hoverPolicy(text, text.indexOf('target'))?.markdown ?? '', /or a list of these/);
  });

  it('names its host and its replica', () => {
    const text = `${TEXT}  on: { intent: vault, source: far:backup/dst, target: vault:backup/on }\n`;
    const tokens = policyTokens(text).map(({ kind, span }) => `${kind} ${text.slice(span.start, span.end)}`);
    for (const token of ['host vault', 'host far', 'dataset backup/dst']) assert.ok(tokens.includes(token), token);
    const use = nameAt(nameUses(text), text.lastIndexOf('backup/dst'));
    assert.ok(use);
    const files = [{ uri: 'a', text }];
    const [entry] = findEntries(files, { uri: 'a', use });
    assert.equal(entry?.span.start, text.indexOf('far:backup/dst') + 'far:'.length);
    assert.equal(findUses(files, { uri: 'a', use }).length, 2);
    const renamed = renameIn(files, { uri: 'a', use: { kind: 'host', name: 'far' } }, 'away');
    assert.ok(renamed.ok);
    assert.equal(renamed.value.edits.length, 3);
    assert.match(renamed.value.warning?.description ?? '', /rawsend:POLICY:far/);
  });

  it('stands in the outline with the others, and the defaults of the entry once', () => {
    const [, policies] = policySymbols(TEXT);
    assert.deepEqual(
      policies?.children.map(({ detail }) => detail),
      ['vault · prod:tank/src → vault:backup/dst, far:backup/dst'],
    );
    assert.equal(policyHints(TEXT).length, 1);
  });

  it('stays when its standby becomes a vault', () => {
    const text = `${TEXT.replace('intent: vault', 'intent: standby')}    receive: { mount: true }\n`;
    assert.equal(makeVault(text, text.indexOf('source:'))?.text, TEXT);
  });
});

describe('facts about a policy with several targets', () => {
  const { file } = parsePolicy(TEXT);
  const { prod, vault } = inventories({ src: { '': 'root @a1', tmp: 'clear @a2' }, dst: 'root @a1 loaded' });
  assert.ok(file && prod && vault);
  const far = { ...vault, host: 'far' };
  const live = liveFacts(file, [prod, vault, far]);

  it('are told at the source once, and at the target that they are of', () => {
    const found = lintDocument({ path: 'rawsend.yaml', text: TEXT }, { live }).map(
      ({ span, message }) => `${TEXT.slice(span.start, span.end)} ${/^.*?(?: is |,)/.exec(message)?.[0] ?? message}`,
    );
    const clear = found.filter((line) => line.includes('tmp'));
    assert.deepEqual(clear, ['prod:tank/src tank/src/tmp is ']);
    const loaded = found.filter((line) => line.includes('the key'));
    assert.deepEqual(loaded, [
      'vault:backup/dst the key of backup/dst is ',
      'far:backup/dst the key of backup/dst is ',
    ]);
    const unheld = live.filter(({ message }) => message.includes('not held')).map(({ message }) => message);
    assert.deepEqual(
      unheld.map((message) => /rawsend:\S+/.exec(message)?.[0]),
      ['rawsend:p:vault,', 'rawsend:p:far,'],
    );
  });

  it('are those of the situation of each', () => {
    for (const policy of policiesOf(TEXT))
      assert.equal(
        readSituation(policy, prod, policy.target.host === 'far' ? far : vault, prod.takenAt).pairs.length,
        2,
      );
  });
});
