/** What goes on before the source of a policy that is the end of a chain: each policy that brings it runs by its own clock. */
import type { States } from '../foresee/play-steps';
import type { Seen } from '../foresee/read-state';
import { subtree } from '../model/tree';
import { bringerOf, brings, isOneMachine } from '../policy/bringer';
import { intervalOf } from '../policy/interval';
import type { Endpoint, Policy, PolicyFile } from '../policy/policy';
import { passTime, prune, stateAt } from './machines';
import { runOnce } from './run-once';
import type { Bringer, Chain, Scenario } from './scenario';

/** Undefined where no policy of the file brings the source. Without a schedule a policy runs every `otherwise` seconds. */
export function chainOf(file: PolicyFile, policy: Policy, otherwise: number): Chain | undefined {
  const renamed = withOneName(file);
  const bringers: Bringer[] = [];
  let next = renamed.policies[policy.name];
  while (next !== undefined) {
    const bringer: Policy | undefined = bringerOf(renamed, next);
    if (bringer === undefined || !brings(bringer, next.source.dataset)) break;
    const every = bringer.schedule && intervalOf(bringer.schedule)?.longest;
    bringers.unshift({ policy: bringer, every: every ?? otherwise });
    next = bringer;
  }
  return bringers.length === 0 ? undefined : { file: renamed, bringers };
}

/** A machine is simulated once, whatever its names are. */
function withOneName(file: PolicyFile): PolicyFile {
  const { hosts, policies } = file;
  const named = (end: Endpoint): Endpoint => {
    const host = Object.keys(hosts).find((name) => isOneMachine(hosts[name], hosts[end.host]));
    return { ...end, host: host ?? end.host };
  };
  const renamed = Object.values(policies).map((policy) => {
    const { name, source, target } = policy;
    return [name, { ...policy, source: named(source), target: named(target) }] as const;
  });
  return { ...file, policies: Object.fromEntries(renamed) };
}

export interface Passed {
  readonly states: States;
  /** Full names of what was destroyed or kept by a hold at the relay. */
  readonly destroyed: readonly string[];
  readonly held: readonly string[];
}

interface Span {
  /** Seconds from the beginning; the first is not part of it, unless it is the beginning itself. */
  readonly from: number;
  readonly to: number;
  readonly seen: Seen;
}

/** Time passes, data is written at the first source, and every policy that brings is run and prunes when its time comes. */
export function passChain(scenario: Scenario, chain: Chain, before: States, { from, to, seen }: Span): Passed {
  const [first] = chain.bringers;
  if (first === undefined) throw new Error('a chain has a policy that brings');
  let states = before;
  let at = from;
  const destroyed: string[] = [];
  const held: string[] = [];
  const passTo = (time: number): void => {
    states = passTime(states, first.policy, time - at, scenario.churn * (time - at));
    at = time;
  };
  for (const { time, policy } of runsBetween(chain.bringers, from, to)) {
    passTo(time);
    const had = snapshotsOf(states, scenario.policy.source);
    const outcome = runOnce(states, { ...scenario, policy, placesHolds: true }, seen);
    // One that is refused is another simulation; the chain goes on with what has come.
    if (outcome.kind === 'done') states = outcome.states;
    const { source, target, snapshots, retention } = policy;
    const atSource = prune(states, source, snapshots.prefix, retention.source);
    const atTarget = prune(atSource.states, target, snapshots.prefix, retention.target);
    states = atTarget.states;
    if (target.host !== scenario.policy.source.host) continue;
    // Its own plan prunes too, and spares its own base alone.
    const left = new Set(snapshotsOf(states, scenario.policy.source));
    destroyed.push(...had.filter((name) => !left.has(name)));
    held.push(...atTarget.held);
  }
  passTo(to);
  return { states, destroyed, held };
}

const snapshotsOf = (states: States, { host, dataset }: Endpoint): readonly string[] =>
  subtree(stateAt(states, host), dataset).flatMap(({ name, snapshots }) =>
    snapshots.map((snapshot) => `${name}@${snapshot.name}`),
  );

interface Run {
  readonly time: number;
  readonly policy: Policy;
}

/** At one time, what brings comes first. */
function runsBetween(bringers: readonly Bringer[], from: number, to: number): readonly Run[] {
  const runs = bringers.flatMap(({ policy, every }) => {
    const first = from === 0 && to === 0 ? 0 : Math.floor(from / every) + 1;
    const last = Math.floor(to / every);
    return Array.from({ length: Math.max(0, last - first + 1) }, (_, index): Run => ({
      time: (first + index) * every,
      policy,
    }));
  });
  return runs.toSorted((a, b) => a.time - b.time);
}
