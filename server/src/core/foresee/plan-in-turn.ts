/**
 * Plans of policies that run one after the other. Whoever sends what another one has just sent finds the source as that run
 * leaves it: with its snapshot taken, and without what its retention destroyed. So it is planned, on the model; a run of it looks
 * and plans again when its turn comes.
 */
import type { Job, Plan, Step } from '../plan/plan';
import { planPolicies } from '../plan/plan-policies';
import { newest } from '../plan/situation';
import type { PolicyFile } from '../policy/policy';
import type { Inventory } from '../zfs/inventory';
import { isWithin } from '../zfs/names';
import type { Inventories } from './foresee-plan';
import { playSteps } from './play-steps';
import { readState } from './read-state';
import { stateOf } from './state-of';

/** A job, and what it was planned from: the hosts as the jobs before it leave them. */
export interface Turn {
  readonly job: Job;
  readonly inventories: Inventories;
}

export interface InTurn {
  readonly file: PolicyFile;
  readonly name: string;
  /** What its hosts hold now, by their names. */
  readonly inventories: Inventories;
  /** ISO 8601, UTC. */
  readonly now: string;
}

/** Plans one policy behind others. Throws as `planPolicies` does. */
export function planInTurn(
  { file, name, inventories, now }: InTurn,
  before: readonly Turn[],
): { readonly plan: Plan; readonly inventories: Inventories } {
  const source = file.policies[name]?.source;
  const present = source && inventories[source.host];
  const last = before.findLast(
    ({ job }) => job.status === 'ready' && job.source.host === source?.host && job.source.dataset === source.dataset,
  );
  if (source === undefined || present === undefined || last === undefined)
    return { plan: planPolicies(file, [name], inventories, now), inventories };
  const foreseen = { ...inventories, [source.host]: asLeftBy(last, present, now) };
  const plan = planPolicies(file, [name], foreseen, now);
  return { plan: { ...plan, jobs: plan.jobs.map((job) => inTurn(job, last.job, present)) }, inventories: foreseen };
}

/** Of the tree that both send, the snapshots; nothing else there is changed by a run. */
function asLeftBy({ job, inventories }: Turn, present: Inventory, now: string): Inventory {
  const { host, dataset: top } = job.source;
  const seconds = Math.floor(Date.parse(now) / 1000);
  const states = Object.fromEntries(Object.entries(inventories).map(([name, one]) => [name, stateOf(one, seconds)]));
  const state = playSteps(job.steps, states).states[host];
  if (state === undefined) return present;
  const left = new Map(readState(state, { host, roots: [top] }).datasets.map((dataset) => [dataset.name, dataset]));
  const datasets = present.datasets.map((dataset) => {
    const after = isWithin(dataset.name, top) ? left.get(dataset.name) : undefined;
    if (after === undefined) return dataset;
    const known = new Map(dataset.snapshots.map((snapshot) => [snapshot.guid, snapshot]));
    const snapshots = after.snapshots.map((snapshot) => ({
      ...(known.get(snapshot.guid) ?? snapshot),
      holds: snapshot.holds,
    }));
    return { ...dataset, written: after.written, snapshots };
  });
  return { ...present, datasets };
}

function inTurn(job: Job, { policy }: Job, present: Inventory): Job {
  if (job.status === 'conflict') return job;
  const note = `planned behind ${policy}, from what that one leaves at the source: when its turn comes the hosts are looked at again`;
  return { ...job, notes: [...job.notes, note], steps: job.steps.map((step) => measurable(step, present)) };
}

/** Only what is there now can be measured: up to a snapshot that is yet to be taken, the newest one and what was written since. */
function measurable(step: Step, { datasets }: Inventory): Step {
  if (step.kind !== 'stream' || step.dryRun === undefined) return step;
  const dataset = datasets.find(({ name }) => name === step.dataset);
  if (dataset === undefined || dataset.snapshots.some(({ name }) => name === step.snapshot)) return step;
  const { dryRun, ...rest } = step;
  const { command } = dryRun;
  const last = newest(dataset.snapshots)?.name;
  if (step.purpose === 'full') return rest;
  if (last === undefined || command.includes(`@${last}`)) return { ...rest, estimate: dataset.written };
  return {
    ...rest,
    dryRun: { command: [...command.slice(0, -1), `${dataset.name}@${last}`], plus: dataset.written },
  };
}
