/** One run of the policy on the model: look, plan, measure, and carry out what was planned. */
import { playSteps } from '../foresee/play-steps';
import type { States } from '../foresee/play-steps';
import { readState } from '../foresee/read-state';
import type { Seen } from '../foresee/read-state';
import { apply } from '../model/apply';
import { guardConflicts } from '../plan/guard';
import type { Conflict, Job, Step } from '../plan/plan';
import { planPolicy, planSituation } from '../plan/plan-policy';
import { situationIn } from '../plan/relay';
import type { Policy } from '../policy/policy';
import type { Inventory } from '../zfs/inventory';
import { parseSendEstimate } from '../zfs/send-output';
import { stateAt } from './machines';
import type { Scenario } from './scenario';

export type RunOutcome =
  | { readonly kind: 'done'; readonly states: States; readonly base: string }
  | { readonly kind: 'refused'; readonly conflict: Conflict; readonly bytes: number }
  /** A step failed, or the model does not know what it does. */
  | { readonly kind: 'failed' | 'unknown'; readonly step: string; readonly message: string };

export function runOnce(states: States, scenario: Scenario, seen: Seen): RunOutcome {
  const { policy, placesHolds } = scenario;
  const { job, target } = planNow(states, scenario, seen);
  const bytes = job.steps.reduce((sum, step) => sum + sizeOf(states, step), 0);
  const [conflict] = [...job.conflicts, ...guardConflicts(policy, bytes, target)];
  if (conflict !== undefined) return { kind: 'refused', conflict, bytes };
  const steps = placesHolds
    ? job.steps
    : job.steps.filter(({ purpose }) => purpose !== 'hold' && purpose !== 'release');
  const { states: after, stop } = playSteps(steps, states);
  if (stop !== undefined) {
    const title = steps.find(({ id }) => id === stop.step)?.title ?? stop.step;
    return { kind: stop.reason === 'fails' ? 'failed' : 'unknown', step: title, message: stop.message };
  }
  return { kind: 'done', states: after, base: job.expect[0]?.snapshot ?? '' };
}

/** Each host is read just as a run reads it: the policy's own datasets, and what is above them. */
function planNow(
  states: States,
  { policy, chain }: Scenario,
  seen: Seen,
): { readonly job: Job; readonly target: Inventory } {
  const { source, target } = policy;
  const from = look(states, policy, { host: source.host, seen });
  const to = target.host === source.host ? from : look(states, policy, { host: target.host, seen });
  const job =
    chain === undefined
      ? planPolicy(policy, from, to, from.takenAt)
      : planSituation(situationIn(chain.file, policy, { source: from, target: to }, from.takenAt));
  return { job, target: to };
}

function look(
  states: States,
  { source, target }: Policy,
  at: { readonly host: string; readonly seen: Seen },
): Inventory {
  const roots = [source, target].filter((end) => end.host === at.host).map(({ dataset }) => dataset);
  return readState(stateAt(states, at.host), { ...at, roots });
}

/** As `rawsend estimate` measures it: the dry run of what exists, and what is written since. */
function sizeOf(states: States, step: Step): number {
  if (step.kind !== 'stream') return 0;
  if (step.dryRun === undefined) return step.estimate ?? 0;
  const { stdout, stderr } = apply(stateAt(states, step.host), step.dryRun.command);
  return (parseSendEstimate(stdout, stderr).size ?? 0) + step.dryRun.plus;
}
