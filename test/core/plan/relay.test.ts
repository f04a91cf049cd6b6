import assert from 'node:assert/strict';
import { planPolicies } from '../../../server/src/core/plan/plan-policies';
import type { Job } from '../../../server/src/core/plan/plan';
import { parsePolicy } from '../../../server/src/core/policy/parse-policy';
import { inventories } from './notation';

/** `p` sends tank/src of prod to the vault; \`first\` may bring tank/src there before. */
function jobOf(written: string, brought: string): Job {
  const { file } = parsePolicy(`version: 1
hosts: { origin: { ssh: o }, prod: { ssh: a }, also: { ssh: a }, vault: { ssh: b } }
policies:
  first: { intent: vault, source: origin:data/src, target: ${brought} }
  p: { intent: vault, source: prod:tank/src, target: vault:backup/dst, schedule: { every: 1h } }
`);
  assert.ok(file);
  const [job] = planPolicies(
    file,
    ['p'],
    inventories({ src: `@rep-a1*${written}`, dst: '@rep-a1' }),
    '2026-11-23T02:00:00.000Z',
  ).jobs;
  assert.ok(job);
  return job;
}

describe('a source that another policy brings', () => {
  it('gets no snapshot, neither by a schedule nor for what was written', () => {
    assert.equal(jobOf('', 'prod:tank/other').status, 'ready', 'one that none brings gets one by its schedule');
    for (const brought of ['prod:tank/src', 'also:tank/src/child']) {
      assert.equal(jobOf('', brought).status, 'up-to-date', brought);
      const { status, conflicts, steps } = jobOf(' +', brought);
      assert.deepEqual([status, steps.length, conflicts[0]?.code], ['conflict', 0, 'unsupported']);
      assert.match(conflicts[0]?.message ?? '', /target of the policy first/);
    }
  });
});
