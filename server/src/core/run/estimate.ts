import type { Job, Plan, Step, StreamStep } from '../plan/plan';
import type { StepSizes } from '../plan/format-plan';
import { parseSendEstimate } from '../zfs/send-output';
import type { Cancel, ExecResult, Host } from './host';

/** What a plan will send, as far as it can be known before. */
export interface Estimate {
  readonly schema: 1;
  readonly digest: string;
  readonly jobs: readonly JobEstimate[];
  /** Sum over the jobs. */
  readonly bytes: number;
}

export interface JobEstimate {
  readonly policy: string;
  readonly steps: readonly StepEstimate[];
  readonly bytes: number;
}

export interface StepEstimate {
  readonly step: string;
  readonly bytes: number;
  /** How the figure came about, for people. */
  readonly basis: string;
}

/**
 * Asks the sources how large the streams of a plan are, in one round trip a host. A dry run needs no key and
 * changes nothing; a snapshot that the run has yet to take counts with what is written since the last one.
 * Hosts are keyed by their name in the policy file.
 */
export async function estimatePlan(
  plan: Plan,
  hosts: Readonly<Record<string, Host>>,
  cancel?: Cancel,
): Promise<Estimate> {
  const measured = new Map<StreamStep, ExecResult>();
  const streams = plan.jobs.flatMap((job) => job.steps).filter(isMeasurable);
  for (const name of new Set(streams.map((step) => step.host))) {
    const own = streams.filter((step) => step.host === name);
    const results = await hostOf(hosts, name).execAll(
      own.map((step) => step.dryRun.command),
      cancel === undefined ? {} : { cancel },
    );
    for (const [index, step] of own.entries()) {
      const result = results[index];
      if (result !== undefined) measured.set(step, result);
    }
  }
  const jobs = plan.jobs.map((job) => estimateJob(job, measured));
  return { schema: 1, digest: plan.digest, jobs, bytes: sum(jobs) };
}

/** The sizes as `formatPlan` takes them. */
export function sizesOf(estimate: Estimate): ReadonlyMap<string, StepSizes> {
  return new Map(estimate.jobs.map((job) => [job.policy, new Map(job.steps.map(({ step, bytes }) => [step, bytes]))]));
}

type Measurable = StreamStep & { readonly dryRun: NonNullable<StreamStep['dryRun']> };

const isMeasurable = (step: Step): step is Measurable => step.kind === 'stream' && step.dryRun !== undefined;

function hostOf(hosts: Readonly<Record<string, Host>>, name: string): Host {
  const host = hosts[name];
  if (host === undefined) throw new Error(`no connection to the host ${name}`);
  return host;
}

function estimateJob(job: Job, measured: ReadonlyMap<StreamStep, ExecResult>): JobEstimate {
  const steps = job.steps
    .filter((step) => step.kind === 'stream')
    .map((step) => estimateStep(step, measured.get(step)));
  return { policy: job.policy, steps, bytes: sum(steps) };
}

function estimateStep(step: StreamStep, result: ExecResult | undefined): StepEstimate {
  const size = result?.code === 0 ? parseSendEstimate(result.stdout, result.stderr).size : undefined;
  if (size === undefined) return { step: step.id, bytes: step.estimate ?? 0, basis: guess(step) };
  const plus = step.dryRun?.plus ?? 0;
  const basis = plus === 0 ? 'dry run' : 'dry run, and what was written since the newest snapshot';
  return { step: step.id, bytes: size + plus, basis };
}

function guess(step: StreamStep): string {
  if (step.purpose === 'adopt') return 'not measured: what is written while the run lasts, else some kilobytes';
  return step.estimate === undefined
    ? 'unknown'
    : 'what is written since the newest snapshot, or the size of the dataset';
}

const sum = (parts: readonly { readonly bytes: number }[]): number =>
  parts.reduce((total, { bytes }) => total + bytes, 0);
