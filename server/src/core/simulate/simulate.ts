/**
 * Runs a policy forward in time on the model, run by run: data is written, the real planner plans, its steps are played, retention
 * destroys on both sides, and in an outage nothing gets through. It ends with the first run that is refused.
 */
import type { States } from '../foresee/play-steps';
import type { Seen } from '../foresee/read-state';
import type { Endpoint } from '../policy/policy';
import { passChain } from './chain';
import { DAY, dayAt } from './days';
import { firstStates } from './first-states';
import { bookmarkBases, passTime, prune, stateAt, takeSnapshot } from './machines';
import type { Pruned } from './machines';
import { isAway } from './outage';
import { runOnce } from './run-once';
import type { RunOutcome } from './run-once';
import type { Chain, Scenario } from './scenario';
import type { Break, Day, LostBase, Simulation } from './simulation';

/** The machines and a few figures: it does not grow with the time that passes. */
interface Progress {
  readonly states: States;
  readonly seen: Seen;
  readonly done: number;
  readonly missed: number;
  readonly mostSent: number;
  readonly longestLag: number;
  readonly savedByHold: ReadonlySet<string>;
  /** Of the last run that was done: when, and the name of its snapshot. */
  readonly base?: { readonly at: number; readonly name: string };
  readonly lost?: LostBase;
  readonly broken?: Break;
  readonly unknown?: string;
}

export function simulate(scenario: Scenario): Simulation {
  const { days, every, outages } = scenario;
  let progress: Progress = {
    states: firstStates(
      scenario.policy,
      scenario.start,
      scenario.chain?.bringers.map(({ policy }) => policy),
    ),
    seen: new WeakMap(),
    done: 0,
    missed: 0,
    mostSent: 0,
    longestLag: 0,
    savedByHold: new Set(),
  };
  const timeline: Day[] = [];
  let at = 0;
  for (let day = 1; day <= days && !hasEnded(progress); day += 1) {
    const before = progress;
    for (; at < day * DAY && !hasEnded(progress); at += every) progress = tick(scenario, progress, at);
    timeline.push(dayOf(scenario, day, before, progress));
  }
  const end = days * DAY;
  if (!hasEnded(progress) && isAway(outages, at - every))
    progress = { ...afterRun(scenario, progress, end), done: progress.done };
  const { done, missed, mostSent, longestLag, savedByHold, broken, unknown, base } = progress;
  const lastLag = hasEnded(progress) ? 0 : lagAt(base, end);
  return {
    days: timeline,
    done,
    missed,
    mostSent: Math.max(mostSent, lastLag * scenario.churn),
    longestLag: Math.max(longestLag, lastLag),
    savedByHold: [...savedByHold],
    ...(broken && { broken }),
    ...(unknown !== undefined && { unknown }),
  };
}

const hasEnded = ({ broken, unknown }: Progress): boolean => broken !== undefined || unknown !== undefined;

const lagAt = (base: Progress['base'], at: number): number => (base === undefined ? 0 : at - base.at);

function tick(scenario: Scenario, progress: Progress, at: number): Progress {
  const { policy, chain } = scenario;
  const later = chain === undefined ? written(scenario, progress, at) : brought(scenario, chain, progress, at);
  if (!isAway(scenario.outages, at)) return pruned(scenario, afterRun(scenario, later, at), at);
  const states = chain === undefined ? takeSnapshot(later.states, policy) : later.states;
  return pruned(scenario, { ...later, states, missed: later.missed + 1 }, at);
}

function written({ policy, churn, every }: Scenario, progress: Progress, at: number): Progress {
  return { ...progress, states: passTime(progress.states, policy, at === 0 ? 0 : every, churn * every) };
}

/** What the policies before this one do to the relay, their retention included. */
function brought(scenario: Scenario, chain: Chain, progress: Progress, at: number): Progress {
  const from = Math.max(0, at - scenario.every);
  const passed = passChain(scenario, chain, progress.states, { from, to: at, seen: progress.seen });
  return spared({ ...progress, states: passed.states }, passed, { at, by: chain.bringers.at(-1)?.policy.name });
}

function afterRun(scenario: Scenario, progress: Progress, at: number): Progress {
  const outcome = runOnce(progress.states, scenario, progress.seen);
  if (outcome.kind === 'unknown') return { ...progress, unknown: `${outcome.step}: ${outcome.message}` };
  if (outcome.kind !== 'done') return { ...progress, broken: breakOf(outcome, progress.lost, at) };
  const { states, base: name } = outcome;
  const { lost: _, ...rest } = progress;
  const lag = lagAt(progress.base, at);
  return {
    ...rest,
    states: scenario.keepsBookmark ? bookmarkBases(states, scenario.policy, name) : states,
    done: progress.done + 1,
    mostSent: Math.max(progress.mostSent, lag * scenario.churn),
    longestLag: Math.max(progress.longestLag, lag),
    base: { at: scenario.chain === undefined ? at : takenAt(scenario, states, name), name },
  };
}

/** From a relay a run brings what was taken before. */
function takenAt({ policy, start }: Scenario, states: States, snapshot: string): number {
  const { host, dataset } = policy.source;
  const found = stateAt(states, host)
    .datasets.get(dataset)
    ?.snapshots.find(({ name }) => name === snapshot);
  return (found?.creation ?? start) - start;
}

/** What the planner says of a base that is no more. */
const OF_LOST_BASES = new Set(['no-base', 'foreign-snapshot', 'diverged']);

function breakOf(outcome: Exclude<RunOutcome, { kind: 'done' }>, lost: LostBase | undefined, at: number): Break {
  const told =
    outcome.kind === 'refused'
      ? { ...outcome.conflict, bytes: outcome.bytes }
      : { code: 'step-failed' as const, message: `${outcome.step}: ${outcome.message}`, choices: [], bytes: 0 };
  const { code, message, choices, bytes } = told;
  const reason = lost !== undefined && OF_LOST_BASES.has(code) ? lost : undefined;
  const since = reason?.at ?? at;
  return {
    at: since,
    noticedAt: at,
    day: dayAt(since),
    noticedDay: dayAt(at),
    code,
    message,
    choices,
    bytes,
    ...(reason && { lost: reason }),
  };
}

/**
 * The worst that the numbers of the policy allow. Rawsend's own retention is in the plan of a run: it spares the base and comes only after a
 * proof, so in an outage it destroys nothing, and could never break the chain. What does is the tool that prunes by the same numbers on each
 * machine, by its own clock: it does not know what a base is, and only a hold stops it. What the run pruned before is not there for it.
 */
function pruned(scenario: Scenario, progress: Progress, at: number): Progress {
  const { source, target, retention, snapshots } = scenario.policy;
  const atSource = prune(progress.states, source, snapshots.prefix, retention.source);
  const atTarget = prune(atSource.states, target, snapshots.prefix, retention.target);
  return spared({ ...progress, states: atTarget.states }, atSource, { at, by: undefined });
}

/** What was destroyed at the source, or kept by a hold; `by`: the policy whose retention of its target that was. */
function spared(
  progress: Progress,
  { destroyed, held }: Pick<Pruned, 'destroyed' | 'held'>,
  { at, by }: { readonly at: number; readonly by: string | undefined },
): Progress {
  const { base, lost } = progress;
  const gone = base && destroyed.find((name) => name.endsWith(`@${base.name}`));
  const saved = held.filter((name) => !progress.savedByHold.has(name));
  return {
    ...progress,
    ...(saved.length > 0 && { savedByHold: new Set([...progress.savedByHold, ...saved]) }),
    ...(base &&
      gone !== undefined &&
      lost === undefined && { lost: { snapshot: gone, takenAt: base.at, at, ...(by !== undefined && { by }) } }),
  };
}

function dayOf(scenario: Scenario, day: number, before: Progress, after: Progress): Day {
  const { policy, outages, churn } = scenario;
  const end = day * DAY;
  const lag = after.base && end - after.base.at;
  return {
    day,
    done: after.done - before.done,
    missed: after.missed - before.missed,
    sourceSnapshots: countOwn(after.states, policy.source, policy.snapshots.prefix),
    targetSnapshots: countOwn(after.states, policy.target, policy.snapshots.prefix),
    ...(lag !== undefined && { lag }),
    behind: churn * (lag ?? end),
    hasOutage: outages.some(({ from, to }) => from < end && to > end - DAY),
  };
}

const countOwn = (states: States, { host, dataset }: Endpoint, prefix: string): number =>
  stateAt(states, host)
    .datasets.get(dataset)
    ?.snapshots.filter(({ name }) => name.startsWith(prefix)).length ?? 0;
