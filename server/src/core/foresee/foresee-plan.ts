/** The plan with what the hosts will hold once it has run: each job that is ready is played on the model. Its digest stays. */
import type { Job, Plan } from '../plan/plan';
import type { Inventory } from '../zfs/inventory';
import { aftermath } from './aftermath';
import { playSteps } from './play-steps';
import { stateOf } from './state-of';

/** By the host's name in the policy file: what the plan was made from. */
export type Inventories = Readonly<Record<string, Inventory>>;

export function foreseePlan(plan: Plan, inventories: Inventories): Plan {
  return { ...plan, jobs: plan.jobs.map((job) => foreseeJob(job, inventories, plan.createdAt)) };
}

function foreseeJob(job: Job, inventories: Inventories, createdAt: string): Job {
  if (job.status !== 'ready') return job;
  const now = Math.floor(Date.parse(createdAt) / 1000);
  const read = Object.entries(inventories).filter(([host]) => [job.source.host, job.target.host].includes(host));
  const before = Object.fromEntries(read.map(([host, inventory]) => [host, stateOf(inventory, now)]));
  return { ...job, afterwards: aftermath({ job, inventories, before, played: playSteps(job.steps, before) }) };
}
