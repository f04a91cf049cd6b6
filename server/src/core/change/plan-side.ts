/** One side of a comparison: the runs of a policy on the basis of both, and what is checked after them. */
import { guardConflicts } from '../plan/guard';
import type { Conflict, Job } from '../plan/plan';
import { planPolicies } from '../plan/plan-policies';
import { sampleIncrement, sampleReplica, sampleRun } from '../plan/sample-run';
import type { Check } from '../run/verification';
import { verifyPolicy } from '../run/verify-policy';
import type { Basis, ChangeFacts, Inventories } from './basis';
import type { Declared } from './match-policies';

export interface PlannedRun {
  readonly title: string;
  readonly job: Job;
  /** Beside those of the job. */
  readonly limits: readonly Conflict[];
}

export interface Side {
  readonly declared: Declared;
  readonly runs: readonly PlannedRun[];
  readonly checks: readonly Pick<Check, 'id' | 'expected'>[];
}

export function planSide(declared: Declared, basis: Basis, facts: ChangeFacts): Side {
  const runs =
    basis.kind === 'inventory' ? [nextRun(declared, basis.inventories, facts)] : sampleRuns(declared, facts.now);
  return { declared, runs, checks: checksOf(declared, facts.now) };
}

function nextRun({ file, policy }: Declared, inventories: Inventories, { now, foresee }: ChangeFacts): PlannedRun {
  const plan = planPolicies(file, [policy.name], inventories, now);
  const [job] = (foresee?.(plan, inventories) ?? plan).jobs;
  if (job === undefined) throw new Error(`no job of ${policy.name}`);
  const limits = job.status === 'ready' ? guardConflicts(policy, bytesOf(job), inventories[policy.target.host]) : [];
  return { title: 'The next run:', job, limits };
}

const sampleRuns = ({ file, policy }: Declared, now: string): readonly PlannedRun[] => [
  { title: 'The first run:', job: sampleRun(file, policy, now), limits: [] },
  { title: 'Each run after it:', job: sampleIncrement(file, policy, now), limits: [] },
];

/** As far as the inventories alone can tell. */
export const bytesOf = ({ steps }: Job): number =>
  steps.reduce((total, step) => total + (step.kind === 'stream' ? (step.estimate ?? 0) : 0), 0);

/** What is asked does not depend on how many datasets there are, so one of them is asked about. */
function checksOf({ file, policy }: Declared, now: string): Side['checks'] {
  const { from, to } = sampleReplica(file, policy, now);
  const { source, target } = policy;
  const isOneHost = source.host === target.host;
  const inventories: Inventories = isOneHost
    ? { [source.host]: { ...from, datasets: [...from.datasets, ...to.datasets] } }
    : { [source.host]: from, [target.host]: to };
  return verifyPolicy(file, policy.name, inventories);
}
