import type { Policy } from '../policy/policy';
import { formatBytes } from '../text/format-bytes';
import type { Conflict } from './plan';

/** Refuses a run whose estimated bytes are above the policy's `guard.maxEstimate`. */
export function guardConflicts(policy: Policy, bytes: number): readonly Conflict[] {
  const limit = policy.guard.maxEstimate;
  if (limit === undefined || bytes <= limit) return [];
  return [
    {
      code: 'guard',
      subject: policy.name,
      message: `the run would send about ${formatBytes(bytes)}, and guard.maxEstimate allows ${formatBytes(limit)}`,
      choices: ['Find out why it is so much: a new dataset, or much rewritten', 'Raise guard.maxEstimate for this run'],
    },
  ];
}
