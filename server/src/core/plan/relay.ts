import { machineOf } from '../policy/machine-of';
import type { Endpoint, HostEntry, Policy, PolicyFile } from '../policy/policy';
import { isWithin } from '../zfs/names';
import type { Conflict, Job } from './plan';

/**
 * The policy that brings the source of another one: a snapshot taken there would stand between it and its next increment.
 * So such a source is sent as it comes, and nothing is taken by its own schedule.
 */
export function bringerOf({ hosts, policies }: PolicyFile, policy: Policy): Policy | undefined {
  const isSame = (a: Endpoint, b: Endpoint): boolean =>
    isOneMachine(hosts[a.host], hosts[b.host]) && (isWithin(a.dataset, b.dataset) || isWithin(b.dataset, a.dataset));
  return Object.values(policies).find((other) => other.name !== policy.name && isSame(other.target, policy.source));
}

export function withoutSchedule(policy: Policy): Policy {
  const { schedule: _, ...rest } = policy;
  return rest;
}

/** The job, or the conflict that it is where it would take a snapshot of a replica. */
export function sparingReplica(job: Job, bringer: Policy): Job {
  if (!job.steps.some(({ purpose }) => purpose === 'snapshot')) return job;
  const { host, dataset } = job.source;
  const conflict: Conflict = {
    code: 'unsupported',
    subject: dataset,
    message: `${dataset} on ${host} is the target of the policy ${bringer.name}, and this plan would take a snapshot of it, over which ${bringer.name} could receive nothing more`,
    choices: [
      `Replicate from ${bringer.source.host}:${bringer.source.dataset} to both targets`,
      'Set recursive to false, where the source has no children: only their encryption roots need that snapshot',
    ],
  };
  return { ...job, status: 'conflict', conflicts: [conflict], notes: [], steps: [], continues: false, expect: [] };
}

const isOneMachine = (a: HostEntry | undefined, b: HostEntry | undefined): boolean =>
  a !== undefined && b !== undefined && machineOf(a) === machineOf(b);
