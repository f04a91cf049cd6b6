/**
 * Runs a policy forward in time on the model, run by run: data is written, the real planner plans, its steps are played, retention
 * destroys on both sides, and in an outage nothing gets through. It ends with the first run that is refused.
 */
import type { States } from '../foresee/play-steps';
import type { Seen } from '../foresee/read-state';
import type { Endpoint } from '../policy/policy';
import { DAY, dayAt } from './days';
import { firstStates } from './first-states';
import { bookmarkBases, passTime, prune, stateAt, takeSnapshot } from './machines';
import { isAway } from './outage';
import { runOnce } from './run-once';
import type { RunOutcome } from './run-once';
import type { Scenario } from './scenario';
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
    states: firstStates(scenario.policy, scenario.start),
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
  const { policy, churn, every } = scenario;
  const states = passTime(progress.states, policy, at === 0 ? 0 : every, churn * every);
  const later = { ...progress, states };
  if (!isAway(scenario.outages, at)) return pruned(scenario, afterRun(scenario, later, at), at);
  return pruned(scenario, { ...later, states: takeSnapshot(states, policy), missed: later.missed + 1 }, at);
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
    base: { at, name },
  };
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
  const { base, lost } = progress;
  const gone = base && atSource.destroyed.find((name) => name.endsWith(`@${base.name}`));
  const saved = atSource.held.filter((name) => !progress.savedByHold.has(name));
  return {
    ...progress,
    states: atTarget.states,
    ...(saved.length > 0 && { savedByHold: new Set([...progress.savedByHold, ...saved]) }),
    ...(base && gone !== undefined && lost === undefined && { lost: { snapshot: gone, takenAt: base.at, at } }),
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
