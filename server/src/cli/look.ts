import type { Inventories } from '../core/foresee/foresee-plan';
import { planInTurn, type Turn } from '../core/foresee/plan-in-turn';
import { planDigest } from '../core/plan/digest';
import { guardConflicts } from '../core/plan/guard';
import type { Job, Plan } from '../core/plan/plan';
import type { Policy } from '../core/policy/policy';
import { type Estimate, estimatePlan } from '../core/run/estimate';
import { lookAtHosts } from '../core/run/look';
import type { Inventory } from '../core/zfs/inventory';
import type { Io } from './io';
import { hostsOf, type LoadedPolicy } from './load-policy';
import { type OpenHosts, readHosts } from './open-hosts';

/** What a command looks at: policies of a file, by way of an SSH configuration. */
export interface Subject {
  readonly policy: LoadedPolicy;
  readonly names: readonly string[];
  readonly sshConfig: string | undefined;
}

/** What was seen for one policy, by the host's name. */
export interface Seen {
  readonly policy: Policy;
  readonly inventories: Readonly<Record<string, Inventory>>;
}

/** Connects to the hosts of the policies and looks at each policy just as a run of it would. */
export function lookAtPolicies<T>(
  { policy, names, sshConfig }: Subject,
  io: Io,
  use: (seen: Seen, open: OpenHosts) => T | Promise<T>,
): Promise<readonly T[]> {
  return readHosts(hostsOf(policy, names), { io, sshConfig }, async (open) => {
    const results: T[] = [];
    for (const one of names.map((name) => policy.file.policies[name]).filter((found) => found !== undefined))
      results.push(
        await use(
          {
            policy: one,
            inventories: await lookAtHosts({ hosts: open.hosts, clock: () => io.now().toISOString() }, one),
          },
          open,
        ),
      );
    return results;
  });
}

export interface Planned {
  readonly plan: Plan;
  readonly estimate: Estimate;
}

/** Looks ahead of a plan, from what it was made of. */
type Ahead = (plan: Plan, inventories: Inventories) => Plan;

/**
 * The plan that a run would show now, with what its guard says about the measured sizes. The digest of one policy is the run's;
 * of several that send the same, the later ones are planned behind the earlier.
 */
export async function planNow(subject: Subject, io: Io, ahead: Ahead = (plan) => plan): Promise<Planned> {
  const now = io.now().toISOString();
  const turns: Turn[] = [];
  const parts = await lookAtPolicies(subject, io, async ({ policy, inventories: seen }, { hosts }) => {
    const request = { file: subject.policy.file, name: policy.name, inventories: seen, now };
    const { plan: made, inventories } = planInTurn(request, turns);
    const plan = ahead(made, inventories);
    const estimate = await estimatePlan(plan, hosts);
    const jobs = plan.jobs.map((job) => withGuard(job, { policy, inventories }, estimate.bytes));
    turns.push(...jobs.map((job) => ({ job, inventories })));
    return { jobs, estimate };
  });
  const jobs = parts.flatMap((part) => part.jobs).map((job, _, all) => beforeBringer(job, all));
  const digest = planDigest(jobs);
  const bytes = parts.reduce((sum, part) => sum + part.estimate.bytes, 0);
  return {
    plan: { schema: 1, createdAt: now, digest, jobs },
    estimate: { schema: 1, digest, jobs: parts.flatMap((part) => part.estimate.jobs), bytes },
  };
}

/** Each is planned from what its hosts have now. A run of both plans the second one when the first is done. */
function beforeBringer(job: Job, all: readonly Job[]): Job {
  const bringer = all.find(({ policy, status }) => policy === job.broughtBy && status === 'ready');
  if (bringer === undefined) return job;
  const note = `this is planned from what ${job.source.dataset} has now: a run of both plans it anew once ${bringer.policy} is done`;
  return { ...job, notes: [note, ...job.notes] };
}

/** A conflict has no steps: nothing of it can be run. */
function withGuard(job: Job, { policy, inventories }: Seen, bytes: number): Job {
  const conflicts = job.status === 'ready' ? guardConflicts(policy, bytes, inventories[policy.target.host]) : [];
  if (conflicts.length === 0) return job;
  const { afterwards: _, ...rest } = job;
  return { ...rest, status: 'conflict', conflicts, steps: [] };
}
