/** What the policies of a workspace have to do with each other: one dataset of one machine, seen by two of them. */
import { intervalOf } from '../policy/interval';
import type { Interval } from '../policy/interval';
import { machineOf } from '../policy/machine-of';
import type { Endpoint, Keep, Policy, PolicyFile } from '../policy/policy';
import { ancestorsOf, isWithin } from '../zfs/names';

/** A policy with the machines that it names. */
export interface Placed {
  readonly policy: Policy;
  readonly source: Place;
  readonly target: Place;
  /** Absent without a schedule. */
  readonly interval?: Interval;
}

interface Place extends Endpoint {
  /** Two names of `hosts` may stand for one. */
  readonly machine: string;
}

export const placePolicies = (file: PolicyFile): readonly Placed[] =>
  Object.values(file.policies).map((policy) => {
    const interval = policy.schedule && intervalOf(policy.schedule);
    return {
      policy,
      source: { ...policy.source, machine: machineAt(file, policy.source.host) },
      target: { ...policy.target, machine: machineAt(file, policy.target.host) },
      ...(interval && { interval }),
    };
  });

function machineAt({ hosts }: PolicyFile, name: string): string {
  const host = hosts[name];
  return host === undefined ? `host ${name}` : machineOf(host);
}

/** A side of a policy, with what it keeps there. */
export interface Side {
  readonly placed: Placed;
  readonly side: 'source' | 'target';
  readonly keep?: Keep;
}

export const sidesOf = (placed: Placed): readonly Side[] =>
  (['source', 'target'] as const).map((side) => {
    const keep = placed.policy.retention[side];
    return { placed, side, ...(keep && { keep }) };
  });

/** The sides that reach a dataset in common with each: found by name, because a file may have hundreds of policies. */
export function relatedSides(sides: readonly Side[]): ReadonlyMap<Side, readonly Side[]> {
  const byPlace = new Map<string, Side[]>();
  for (const side of sides) add(byPlace, keyOf(side, topOf(side)), side);
  const related = new Map<Side, Side[]>();
  for (const lower of sides) {
    for (const place of [topOf(lower), ...ancestorsOf(topOf(lower))]) {
      for (const upper of byPlace.get(keyOf(lower, place)) ?? []) {
        if (upper === lower || !reaches(upper, topOf(lower))) continue;
        add(related, lower, upper);
        // What has the same place is found from both.
        if (place !== topOf(lower)) add(related, upper, lower);
      }
    }
  }
  return related;
}

export const sharesDatasets = (one: Side, other: Side): boolean =>
  one.placed[one.side].machine === other.placed[other.side].machine &&
  (reaches(one, topOf(other)) || reaches(other, topOf(one)));

const topOf = ({ placed: { policy }, side }: Side): string => policy[side].dataset;

const keyOf = ({ placed, side }: Side, dataset: string): string => `${placed[side].machine}\n${dataset}`;

function add<Key>(map: Map<Key, Side[]>, key: Key, side: Side): void {
  const known = map.get(key);
  if (known) known.push(side);
  else map.set(key, [side]);
}

function reaches({ placed: { policy }, side }: Side, dataset: string): boolean {
  const top = policy[side].dataset;
  if (dataset === top) return true;
  const isExcluded = policy.exclude.some((child) => isWithin(dataset, `${top}/${child}`));
  return policy.recursive && !isExcluded && isWithin(dataset, top);
}
