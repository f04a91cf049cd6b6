import assert from 'node:assert/strict';
import { approveOnce } from '../../../server/src/cli/run/approval';
import type { Job, Plan } from '../../../server/src/core/plan/plan';

const JOB: Job = {
  policy: 'prod-to-vault',
  intent: 'vault',
  source: { host: 'prod', dataset: 'tank/prod' },
  target: { host: 'vault', dataset: 'backup/prod' },
  status: 'ready',
  conflicts: [],
  notes: [],
  steps: [],
  continues: false,
  expect: [],
};

const planOf = (continues: boolean): Plan => ({ schema: 1, createdAt: '', digest: '', jobs: [{ ...JOB, continues }] });

/** Plans come one after the other, each run or not before the next; how often is a person asked? */
async function check(
  plans: readonly { readonly continues: boolean; readonly started: boolean }[],
  asked: number,
): Promise<void> {
  let questions = 0;
  const { approve, stepStarted } = approveOnce(() => {
    questions++;
    return Promise.resolve(true);
  });
  for (const { continues, started } of plans) {
    assert.equal(await approve(planOf(continues), { schema: 1, digest: '', jobs: [], bytes: 0 }, {}), true);
    if (started) stepStarted();
  }
  assert.equal(questions, asked);
}

describe('an approval', () => {
  it('covers the plan that was announced', () =>
    check(
      [
        { continues: true, started: true },
        { continues: false, started: true },
      ],
      1,
    ));
  it('covers no plan after the last one', () =>
    check(
      [
        { continues: true, started: true },
        { continues: false, started: true },
        { continues: false, started: true },
      ],
      2,
    ));
  it('does not cover a plan that replaces one of which nothing has run', () =>
    check(
      [
        { continues: true, started: false },
        { continues: true, started: true },
      ],
      2,
    ));
});
