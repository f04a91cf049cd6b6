import assert from 'node:assert/strict';
import { adoptionAnchor } from '../../../server/src/core/plan/anchor';
import { readSituation } from '../../../server/src/core/plan/situation';
import { parsePolicy } from '../../../server/src/core/policy/parse-policy';
import type { Policy } from '../../../server/src/core/policy/policy';
import type { Inventory } from '../../../server/src/core/zfs/inventory';
import { parseSnapshotName } from '../../../server/src/core/zfs/names';

const textOf = (dataset: string, prefix: string): string => `version: 1
hosts: { prod: { ssh: prod }, vault: { ssh: vault } }
policies:
  p: { intent: vault, source: prod:tank/a, target: "vault:${dataset}", snapshots: { prefix: ${prefix} } }
`;

const NOTHING: Inventory = {
  schema: 1,
  host: 'prod',
  takenAt: '',
  zfsVersion: { userland: '2.3.2', kernel: '2.3.2' },
  pools: [],
  datasets: [],
};

/** The longest name that a run makes: that of the snapshot that gives datasets their encryption root. */
function longestName(policy: Policy): string {
  const situation = readSituation(policy, NOTHING, NOTHING, '2026-11-23T02:00:00Z');
  return `${policy.target.dataset}@${adoptionAnchor(situation)}`;
}

describe('names that grow', () => {
  for (const prefix of ['rep-', 'r'.repeat(64)]) {
    it(`are refused from the first character that ZFS refuses, with a prefix of ${prefix.length}`, () => {
      const lengths = Array.from({ length: 100 }, (_, index) => 150 + index);
      const longest = lengths
        .map((length) => 'cold/'.padEnd(length, 'x'))
        .findLast((dataset) => parsePolicy(textOf(dataset, prefix)).problems.length === 0);
      assert.ok(longest !== undefined);
      const policy = parsePolicy(textOf(longest, prefix)).file?.policies['p'];
      assert.ok(policy);
      const name = longestName(policy);
      assert.deepEqual([name.length, parseSnapshotName(name).ok, parseSnapshotName(`${name}x`).ok], [255, true, false]);
    });
  }

  it('are told at the side that is too long', () => {
    const text = textOf('cold/'.padEnd(230, 'x'), 'rep-');
    const [problem, ...others] = parsePolicy(text).problems;
    assert.equal(problem?.rule, 'policy-names');
    assert.ok(text.slice(problem.span.start, problem.span.end).startsWith('"vault:cold/x'));
    assert.match(problem.message, /names of 259 characters and ZFS takes 255/);
    assert.deepEqual(others, []);
  });
});
