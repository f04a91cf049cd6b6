import { formatBytes } from '../../core/text/format-bytes';
import type { Job } from '../../core/plan/plan';
import type { JobEstimate } from '../../core/run/estimate';
import type { Planned } from '../look';
import { harmless, type Style } from '../style';

/** The text form of `estimate`: each stream with its size and how that is known, and the totals. */
export function formatEstimate({ plan, estimate }: Planned, style: Style): string {
  const jobs = plan.jobs.flatMap((job) =>
    formatJob(
      job,
      estimate.jobs.find(({ policy }) => policy === job.policy),
      style,
    ),
  );
  const total = plan.jobs.length > 1 ? [`total: ${style.strong(formatBytes(estimate.bytes))}`] : [];
  return `${[...jobs, ...total].join('\n')}\n`;
}

function formatJob(job: Job, estimate: JobEstimate | undefined, style: Style): readonly string[] {
  const name = style.strong(harmless(job.policy));
  if (job.status === 'conflict') {
    const reasons = job.conflicts.map(
      ({ code, message }) => `  ${style.bad(`conflict ${code}`)}: ${harmless(message)}`,
    );
    return [`${name}: nothing can be sent`, ...reasons];
  }
  if (job.status === 'up-to-date') return [`${name}: ${style.good('up to date')}, nothing to send`];
  const titles = new Map(job.steps.map(({ id, title }) => [id, title]));
  const more = job.continues ? ['  more is planned after these steps, and not in the figures'] : [];
  return [
    `${name}: ${style.strong(formatBytes(estimate?.bytes ?? 0))}`,
    ...(estimate?.steps ?? []).map(
      ({ step, bytes, basis }) =>
        `  ${(bytes === 0 ? '–' : formatBytes(bytes)).padStart(10)}  ${harmless(titles.get(step) ?? step)} ${style.faint(`(${basis})`)}`,
    ),
    ...more,
  ];
}
