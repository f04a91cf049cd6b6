/** Chains: a target of one policy that is the source of another. */
import { machineOf } from './machine-of';
import type { HostEntry, Policy, PolicyFile } from './policy';
import { isWithin } from '../zfs/names';

/**
 * The policy that brings the source of another one, or else a part of it. A snapshot taken there would stand between the
 * replica and its next increment, so such a source, a relay, is sent as it comes.
 */
export const bringerOf = (file: PolicyFile, policy: Policy): Policy | undefined => bringerIn(file)(policy);

/** The same for whoever asks for many policies of a file: they are sorted by their machines once. */
export function bringerIn(file: PolicyFile): (policy: Policy) => Policy | undefined {
  const bringersOf = findBringers(file);
  return (policy) => {
    const bringers = bringersOf(policy);
    return bringers.find((other) => brings(other, policy.source.dataset)) ?? bringers[0];
  };
}

/** Whether a replica that the policy makes or keeps has this name. */
export const brings = (policy: Policy, dataset: string): boolean => reaches(policy, policy.target.dataset, dataset);

/** The names of policies, each after those that bring its source; else in the order in which they are given. */
export function bringersFirst(file: PolicyFile, names: readonly string[]): readonly string[] {
  const bringersOf = findBringers(file);
  const seen = new Set<string>();
  const visit = (name: string): readonly string[] => {
    const policy = file.policies[name];
    if (policy === undefined || seen.has(name)) return [];
    seen.add(name);
    return [...bringersOf(policy).flatMap((bringer) => visit(bringer.name)), name];
  };
  const wanted = new Set(names);
  return [...wanted].flatMap(visit).filter((name) => wanted.has(name));
}

/**
 * The policies whose source is on a machine that something is received on: most files have no chain, and nothing need be compared
 * with each other policy then.
 */
export function possibleRelays({ hosts, policies }: PolicyFile): readonly Policy[] {
  const machine = machineIn(hosts);
  const receiving = new Set(Object.values(policies).map(({ target }) => machine(target.host)));
  return Object.values(policies).filter(({ source }) => receiving.has(machine(source.host)));
}

const machineIn =
  (hosts: PolicyFile['hosts']) =>
  (name: string): string | undefined =>
    hosts[name] && machineOf(hosts[name]);

function findBringers({ hosts, policies }: PolicyFile): (policy: Policy) => readonly Policy[] {
  const machine = machineIn(hosts);
  const byTarget = new Map<string | undefined, Policy[]>();
  for (const policy of Object.values(policies)) {
    const there = machine(policy.target.host);
    const before = byTarget.get(there);
    if (before) before.push(policy);
    else byTarget.set(there, [policy]);
  }
  return (policy) => {
    const { host, dataset } = policy.source;
    const there = machine(host);
    return (there === undefined ? [] : (byTarget.get(there) ?? [])).filter(
      (other) =>
        other.name !== policy.name && (brings(other, dataset) || reaches(policy, dataset, other.target.dataset)),
    );
  };
}

/** `top` is an end of the policy: what it covers there. */
function reaches({ recursive, exclude }: Policy, top: string, dataset: string): boolean {
  if (dataset === top) return true;
  return recursive && isWithin(dataset, top) && !exclude.some((child) => isWithin(dataset, `${top}/${child}`));
}

export const isOneMachine = (a: HostEntry | undefined, b: HostEntry | undefined): boolean =>
  a !== undefined && b !== undefined && machineOf(a) === machineOf(b);
