import assert from 'node:assert/strict';
import { formatBytes } from '../../../server/src/core/text/format-bytes';
import { formatPlan } from '../../../server/src/core/plan/format-plan';
import { foreseePlan } from '../../../server/src/core/foresee/foresee-plan';
import { inventories, planOf } from './notation';
import type { PlanCase } from './notation';

function check(one: PlanCase, parts: readonly string[]): void {
  const text = formatPlan(foreseePlan(planOf(one), inventories(one)));
  for (const part of parts) assert.ok(text.includes(part), `${part}\n${text}`);
}

describe('formatPlan', () => {
  it('shows what will run, quoted from the values that are run', () => {
    check({ src: '#a1 @b2 +', dst: '@a1' }, [
      'p: prod:tank/src → vault:backup/dst (vault)',
      "prod: zfs send -w -v -P -i '#a' tank/src@b",
      '| vault: zfs receive -s -u backup/dst   (direct)',
      'destroys: nothing',
    ]);
  });

  it('shows the limit of the transport', () => {
    const policy = '    transport: { limit: 10MiB/s }\n';
    check({ src: '@a1 +', dst: '@a1', policy }, ['(direct, at most 10.0 MiB/s)']);
  });

  it('shows the jump host, which the digest covers', () => {
    const policy = '    transport: { jump: ann@bastion, limit: 10MiB/s }\n';
    const one = { src: '@a1 +', dst: '@a1', policy };
    check(one, ['(direct through ann@bastion, at most 10.0 MiB/s)']);
    const other = { ...one, policy: policy.replace('ann', 'bob') };
    assert.notEqual(planOf(one).digest, planOf(other).digest);
  });

  it('shows a conflict with its choices and says that nothing is sent', () => {
    check({ src: '@a1', dst: '@a1 @mine9' }, ['conflict foreign-snapshot: ', '    - ', 'nothing will be sent']);
  });

  it('says since when a policy is up to date', () => check({ src: '@a1*', dst: '@a1' }, ['up to date', '@a']));

  it('says that a resumed transfer is not the end', () =>
    check({ src: '@a1 @b2', dst: '@a1 token=b2-a1' }, ['looked at again']));

  it('takes measured sizes before its own', () => {
    const plan = planOf({ src: '@a1* @b2*', dst: '@a1' });
    const sizes = new Map([['p', new Map([['s1', 5 * 1024 * 1024]])]]);
    assert.ok(formatPlan(plan, sizes).includes('(about 5.0 MiB)'));
  });
});

describe('formatBytes', () => {
  it('uses binary units', () => {
    assert.deepEqual([0, 1023, 1024, 1536, 1024 ** 3, 1024 ** 6].map(formatBytes), [
      '0 B',
      '1023 B',
      '1.0 KiB',
      '1.5 KiB',
      '1.0 GiB',
      '1024.0 PiB',
    ]);
  });
});
