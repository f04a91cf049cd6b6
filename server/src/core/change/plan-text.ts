/**
 * What a policy does, as text that is fit for a line diff: the same facts, policy and time give the same lines, no line is
 * numbered, and what belongs to one key stands on one line.
 */
import { formatAfterwards } from '../plan/format-afterwards';
import { commandLines } from '../plan/format-plan';
import type { Conflict, Step } from '../plan/plan';
import type { Basis } from './basis';
import { describeBasis } from './basis';
import type { PlannedRun, Side } from './plan-side';
import { settingLines } from './settings';

/** `now` is ISO 8601, UTC: what the age of an inventory is told by. */
export function formatSide({ declared, runs, checks }: Side, basis: Basis, now: string): string {
  const { name, source, target, intent } = declared.policy;
  const lines = [
    `# ${describeBasis(basis, now)}`,
    `${name}: ${source.host}:${source.dataset} → ${target.host}:${target.dataset} (${intent})`,
    ...runs.flatMap((run) => ['', ...formatRun(run)]),
    '',
    'Checked on each dataset of the target:',
    ...checks.map(({ id, expected }) => `  ${id}: ${expected}`),
    '',
    'What the policy says:',
    ...settingLines(declared).map((line) => `  ${line}`),
  ];
  return `${lines.join('\n')}\n`;
}

function formatRun({ title, job, limits }: PlannedRun): readonly string[] {
  const conflicts = [...job.conflicts, ...limits];
  if (job.status === 'up-to-date') return [title, '  nothing: the target has all that the source has'];
  return [
    title,
    ...conflicts.map(formatConflict),
    ...job.steps.flatMap(stepLines),
    ...(job.continues ? ['  then the hosts are looked at again, and the rest is planned'] : []),
    ...(job.afterwards === undefined ? [] : formatAfterwards(job, job.afterwards)),
  ];
}

const formatConflict = ({ code, message }: Conflict): string => `  conflict ${code}: ${message}; nothing is sent`;

/** The commands of a step, each with its host. */
export const stepLines = (step: Step): readonly string[] => {
  const late = step.kind === 'command' && step.afterProof ? '   (after the proof)' : '';
  return commandLines(step).map((line) => `  ${line}${late}`);
};
