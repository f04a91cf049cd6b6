import assert from 'node:assert/strict';
import { lintDocument } from '../../../server/src/core/lint/lint-document';
import { parsePolicy } from '../../../server/src/core/policy/parse-policy';
import { HOSTS as HOST_FILE, includedFrom, including, policyLine } from '../policy/include-text';

const HOSTS = 'version: 1\nhosts: { prod: { ssh: root@prod }, vault: { ssh: root@vault } }\npolicies:\n';
const NIGHTLY = `${HOSTS}  nightly: { intent: vault, source: prod:tank/a, target: vault:cold/a }\n`;

/** What is found in `nightly` beside another file. */
function beside(text: string, own = NIGHTLY): readonly string[] {
  const { file, problems } = parsePolicy(text);
  assert.ok(file, JSON.stringify(problems));
  return lintDocument({ path: 'rawsend.yaml', text: own }, { policies: [file] }).map(
    ({ rule, span, message }) => `${rule} ${own.slice(span.start, span.end)}: ${message}`,
  );
}

describe('policy-chain beside other files', () => {
  it('finds a hold tag that two policies share', () => {
    const [found, ...others] = beside(NIGHTLY.replace('cold/a', 'cold/b').replace('tank/a', 'tank/a/db'), NIGHTLY);
    assert.deepEqual(others, []);
    assert.match(found ?? '', /^policy-chain nightly: another policy file .* hold tag `rawsend:nightly:vault`/);
  });

  it('knows a host by its address', () => {
    const other = NIGHTLY.replace('prod: {', 'primary: {').replace('prod:tank', 'primary:tank');
    assert.equal(beside(other).length, 1);
    assert.deepEqual(beside(NIGHTLY.replace('root@prod', 'root@other')), []);
  });

  it('is silent where the name, the host of the target or the dataset differs', () => {
    assert.deepEqual(beside(NIGHTLY.replace('nightly', 'weekly')), []);
    assert.deepEqual(beside(NIGHTLY.replace('vault: {', 'far: {').replace('vault:cold', 'far:cold')), []);
    assert.deepEqual(beside(NIGHTLY.replace('tank/a', 'tank/ab')), []);
  });
});

const keeping = (name: string, daily: number): string =>
  policyLine(name, `, retention: { source: { keep: { daily: ${daily} } } }`).replace(`tank/${name}`, 'tank/a');

describe('policy-chain over included files', () => {
  const FILES = {
    'hosts.yaml': HOST_FILE,
    'both.yaml': including('hosts.yaml', `policies:\n${keeping('one', 3)}${keeping('two', 5)}`),
    'single.yaml': including('hosts.yaml', `policies:\n${keeping('three', 7)}`),
  };

  function found(text: string): readonly string[] {
    const document = { path: 'rawsend.yaml', text };
    return lintDocument(document, { included: includedFrom(FILES) }).map(
      ({ rule, span, message, fixes }) =>
        `${rule} ${text.slice(span.start, span.end)}: ${message.slice(0, message.indexOf(' prunes'))} ${fixes.length}`,
    );
  }

  it('tells what two policies of one file have with each other in that file', () => {
    assert.deepEqual(found(including('both.yaml')), []);
    assert.deepEqual(found(including('hosts.yaml, single.yaml')), []);
  });

  it('tells it here of an own policy, and at the item of two that meet here', () => {
    const own = including('hosts.yaml, single.yaml', `policies:\n${keeping('four', 9)}`);
    assert.deepEqual(found(own), ['policy-chain keep: `three` 0']);
    const [first, second, ...others] = found(including('both.yaml, single.yaml'));
    assert.deepEqual(others, []);
    assert.deepEqual([first, second], ['policy-chain single.yaml: `one` 0', 'policy-chain single.yaml: `two` 0']);
  });

  it('takes what defaults of an included file keep for this policy, and offers no fix where they stand', () => {
    const files = {
      ...FILES,
      'keep.yaml': 'version: 1\ndefaults: { retention: { target: { keep: { hourly: 4 } } } }\n',
    };
    const chain =
      'policies:\n  first: { intent: vault, source: prod:tank/a, target: vault:b/a, schedule: { every: 1h } }\n  next: { intent: vault, source: vault:b/a, target: prod:c/a, schedule: { every: 1w } }\n';
    const text = including('hosts.yaml, keep.yaml', chain);
    const [report, ...others] = lintDocument({ path: 'rawsend.yaml', text }, { included: includedFrom(files) });
    assert.deepEqual(others, []);
    assert.match(report?.message ?? '', /^`next` may take 7d from one run to the next/);
    assert.equal(text.slice(report?.span.start, report?.span.end), 'keep.yaml');
    assert.deepEqual(report?.fixes, []);
  });
});
