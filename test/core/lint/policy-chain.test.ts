import assert from 'node:assert/strict';
import { lintDocument } from '../../../server/src/core/lint/lint-document';
import { parsePolicy } from '../../../server/src/core/policy/parse-policy';

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
