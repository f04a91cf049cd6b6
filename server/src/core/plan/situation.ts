import type { Policy } from '../policy/policy';
import type { Bookmark, Dataset, Inventory } from '../zfs/inventory';
import { isWithin, rebase } from '../zfs/names';
import { diffLineage } from './diff-lineage';
import type { Lineage } from './diff-lineage';

/** A source dataset and its place at the target. */
export interface Pair {
  readonly source: Dataset;
  readonly targetName: string;
  /** Absent where the target has no such dataset yet. */
  readonly target?: Dataset;
  readonly lineage: Lineage;
}

/** Everything that the plan of one policy is decided from. */
export interface Situation {
  readonly policy: Policy;
  readonly source: Inventory;
  readonly target: Inventory;
  /** ISO 8601, UTC. */
  readonly now: string;
  /** The datasets that the policy includes, parents first. */
  readonly pairs: readonly Pair[];
  /** Datasets of the source that the policy leaves out. */
  readonly excluded: readonly Dataset[];
  /** Datasets below the target that no included source dataset stands for. */
  readonly unpaired: readonly Dataset[];
  /** Present where another policy brings the source: then the pairs are those that have what can be sent. */
  readonly relay?: Relay;
}

/** What of a source that another policy brings can be sent onward. */
export interface Relay {
  readonly bringer: Policy;
  /** The snapshot, by the part after `@`, that all pairs have; absent where nothing can be sent yet. */
  readonly anchor?: string;
  /** What has the anchor at the source no more, or not yet, and is at the target: it goes on for itself, as far as it has come. */
  readonly behind: readonly Behind[];
  /** The same where the target has nothing to go on from, or none that an increment fits onto. */
  readonly leftOut: readonly Pair[];
  /** What the newest snapshot of the top is still on its way to, so that an older one is the anchor. */
  readonly awaited: readonly Pair[];
}

export interface Behind {
  readonly pair: Pair;
  /** The snapshot that its target can be brought to. */
  readonly last: string;
}

/** Pairs the datasets of both sides by name; nothing is judged here. */
export function readSituation(policy: Policy, source: Inventory, target: Inventory, now: string): Situation {
  const inTree = source.datasets.filter((dataset) => isCovered(policy, dataset.name));
  const included = inTree.filter((dataset) => !isExcluded(policy, dataset.name));
  const targets = new Map(target.datasets.map((dataset) => [dataset.name, dataset]));
  const pairs = included.map((dataset) => pair(policy, dataset, targets));
  const paired = new Set(pairs.map((one) => one.targetName));
  return {
    policy,
    source,
    target,
    now,
    pairs,
    excluded: inTree.filter((dataset) => isExcluded(policy, dataset.name)),
    unpaired: target.datasets.filter(({ name }) => isWithin(name, policy.target.dataset) && !paired.has(name)),
  };
}

/** The tag of the holds that this policy places on its bases. A shared tag would let one policy release another's. */
export const holdTag = (policy: Policy): string => `rawsend:${policy.entry}:${policy.target.host}`;

/** The newest of snapshots that are sorted oldest first. */
export const newest = <T extends Bookmark>(versions: readonly T[]): T | undefined => versions.at(-1);

function pair(policy: Policy, source: Dataset, targets: ReadonlyMap<string, Dataset>): Pair {
  const targetName = rebase(source.name, policy.source.dataset, policy.target.dataset);
  const target = targets.get(targetName);
  const lineage = diffLineage(source, target);
  return target === undefined ? { source, targetName, lineage } : { source, targetName, target, lineage };
}

function isCovered(policy: Policy, name: string): boolean {
  return policy.recursive ? isWithin(name, policy.source.dataset) : name === policy.source.dataset;
}

function isExcluded(policy: Policy, name: string): boolean {
  return policy.exclude.some((relative) => isWithin(name, `${policy.source.dataset}/${relative}`));
}
