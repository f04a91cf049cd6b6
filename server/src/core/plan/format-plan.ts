import { quote } from '../shell/quote';
import { formatBytes } from '../text/format-bytes';
import { formatAfterwards } from './format-afterwards';
import type { Conflict, Job, Plan, Step, StreamStep } from './plan';

/** Sizes by step id, from dry runs; without them the plan's own, rougher, figures are shown. */
export type StepSizes = ReadonlyMap<string, number>;

/**
 * The plan as text for a terminal or an editor: what will run, quoted from the same values that are executed.
 * `sizes` are keyed by policy, then by step.
 */
export function formatPlan(plan: Plan, sizes: ReadonlyMap<string, StepSizes> = new Map()): string {
  return `${plan.jobs.map((job) => formatJob(job, sizes.get(job.policy) ?? new Map())).join('\n')}\nPlan ${plan.digest.slice(0, 12)}\n`;
}

function formatJob(job: Job, sizes: StepSizes): string {
  const title = `${job.policy}: ${job.source.host}:${job.source.dataset} → ${job.target.host}:${job.target.dataset} (${job.intent})`;
  const body = { conflict: formatConflicts, 'up-to-date': formatUpToDate, ready: formatReady }[job.status](job, sizes);
  return [title, ...body, ...job.notes.map((note) => `  note: ${note}`), ''].join('\n');
}

function formatUpToDate(job: Job): readonly string[] {
  const shared = job.expect[0]?.snapshot ?? '';
  return [
    job.broughtBy === undefined
      ? `  up to date: nothing was written at the source since @${shared}, which the target has`
      : `  up to date: the target has @${shared}, the newest that ${job.broughtBy} has brought as a whole`,
  ];
}

function formatReady(job: Job, sizes: StepSizes): readonly string[] {
  const next = job.continues ? ['  then the hosts are looked at again, and the rest is planned'] : [];
  const foreseen = job.afterwards === undefined ? [] : formatAfterwards(job, job.afterwards);
  return [...job.steps.flatMap((step) => formatStep(step, sizes)), ...foreseen, ...next];
}

function formatStep(step: Step, sizes: StepSizes): readonly string[] {
  const size = step.kind === 'stream' ? sizeOf(step, sizes) : undefined;
  const suffix = size === undefined ? '' : ` (about ${formatBytes(size)})`;
  const late = step.kind === 'command' && step.afterProof ? ' (after the proof)' : '';
  return [
    `  ${step.id.padEnd(4)}${step.title}${suffix}${late}`,
    ...commandLines(step).map((line) => `        ${line}`),
  ];
}

/** A stream by the direct or the relay route is the same pipeline; only who carries it differs. */
export function commandLines(step: Step): readonly string[] {
  if (step.kind === 'command') return [`${step.host}: ${quote(step.command)}`];
  const limit = step.limit === undefined ? '' : `, at most ${formatBytes(step.limit)}/s`;
  const jump = step.jump === undefined ? '' : ` through ${step.jump}`;
  return [
    `${step.host}: ${quote(step.command)}`,
    `  | ${step.receiver.host}: ${quote(step.receiver.command)}   (${step.route}${jump}${limit})`,
  ];
}

/** The size of an adoption is that of what is written meanwhile: no figure says more than a wrong one. */
function sizeOf(step: StreamStep, sizes: StepSizes): number | undefined {
  return step.purpose === 'adopt' ? undefined : (sizes.get(step.id) ?? step.estimate);
}

function formatConflicts(job: Job): readonly string[] {
  return [...job.conflicts.flatMap(formatConflict), '  nothing will be sent'];
}

function formatConflict({ code, message, choices }: Conflict): readonly string[] {
  return [`  conflict ${code}: ${message}`, ...choices.map((choice) => `    - ${choice}`)];
}
