/**
 * What would have kept a chain from breaking, found by trying: each is the same simulation with one thing changed, and is claimed
 * only when that went on past the last outage. After it, one day is like the other.
 */
import type { Period } from '../policy/policy';
import { formatSize } from './format-size';
import { DAY, dayAt } from './days';
import type { Scenario } from './scenario';
import { simulate } from './simulate';
import type { Break, LostBase, Simulation } from './simulation';

export interface Repair {
  readonly kind: 'hold' | 'bookmark' | 'retention' | 'guard';
  /** Of retention, what is kept at the source. */
  readonly period?: Period;
  /** The smallest number that does, and what it is now. */
  readonly count?: number;
  readonly now?: number;
  /** Of the guard, as the policy writes it. */
  readonly size?: string;
  /** The most that has to be sent by one run, and as much as the source keeps for it. */
  readonly mostSent: number;
}

export interface Repairs {
  readonly found: readonly Repair[];
  /** What was tried and does not prevent it. */
  readonly failing: readonly Omit<Repair, 'mostSent'>[];
}

type Attempt = Repair | Omit<Repair, 'mostSent'>;

const isFound = (one: Attempt): one is Repair => 'mostSent' in one;

export function findRepairs(whole: Scenario, broken: Break): Repairs {
  const scenario = untilQuiet(whole);
  const attempts =
    broken.code === 'guard'
      ? [tryGuard(scenario, broken)]
      : broken.lost
        ? tryBases(scenario, broken.lost, broken.noticedAt)
        : [];
  return { found: attempts.filter(isFound), failing: attempts.filter((attempt) => !isFound(attempt)) };
}

/** With at least one run after the last outage. */
function untilQuiet(scenario: Scenario): Scenario {
  const { days, every, outages } = scenario;
  const last = Math.max(0, ...outages.map(({ to }) => to));
  return last === 0 ? scenario : { ...scenario, days: Math.min(days, dayAt(last + every) + 1) };
}

/** Where another policy's retention destroyed it, that of this one keeps nothing. */
function tryBases(scenario: Scenario, { takenAt, by }: LostBase, noticedAt: number): readonly Attempt[] {
  const gap = noticedAt - takenAt;
  const periods = by === undefined ? PERIODS : [];
  return [
    ...(scenario.placesHolds ? [] : [attempt({ kind: 'hold' }, { ...scenario, placesHolds: true })]),
    ...(scenario.keepsBookmark ? [] : [attempt({ kind: 'bookmark' }, { ...scenario, keepsBookmark: true })]),
    ...periods
      .map(([period, seconds]) => keptBy(scenario, period, seconds, gap))
      .filter(({ now, most }) => now < most)
      .map((kept) => tryKeeping(scenario, kept)),
  ];
}

function attempt(repair: Omit<Repair, 'mostSent'>, scenario: Scenario): Attempt {
  const result = simulate(scenario);
  return holds(result) ? { ...repair, mostSent: result.mostSent } : repair;
}

const holds = ({ broken, unknown }: Simulation): boolean => broken === undefined && unknown === undefined;

/** The seconds of the periods that are tried: of a longer one, a base is hardly ever the newest snapshot. */
const PERIODS: readonly (readonly [Period, number])[] = [
  ['hourly', 3600],
  ['daily', DAY],
];

interface Kept {
  readonly period: Period;
  readonly now: number;
  /** As many of the period as have a snapshot while the base has to be kept. */
  readonly likely: number;
  /** Keeps all that a simulation takes. */
  readonly most: number;
}

function keptBy({ policy, days, every }: Scenario, period: Period, seconds: number, gap: number): Kept {
  const now = policy.retention.source?.keep[period] ?? 0;
  const most = Math.ceil((days * DAY) / seconds) + 1;
  const likely = Math.ceil(gap / Math.max(seconds, every));
  return { period, now, likely: Math.min(most, Math.max(now + 1, likely)), most };
}

/** The smallest number: what is kept by one number is kept by every larger one. */
function tryKeeping(scenario: Scenario, { period, now, likely, most }: Kept): Attempt {
  const tryCount = (count: number): Attempt =>
    attempt({ kind: 'retention', period, count, now }, keeping(scenario, period, count));
  const tried = new Map<number, Attempt>();
  const isEnough = (count: number): boolean => {
    const result = tried.get(count) ?? tryCount(count);
    tried.set(count, result);
    return isFound(result);
  };
  const count = smallest({ from: now + 1, likely, to: most }, isEnough);
  return tried.get(count ?? most) ?? tryCount(count ?? most);
}

function keeping(scenario: Scenario, period: Period, count: number): Scenario {
  const { policy } = scenario;
  const keep = { ...policy.retention.source?.keep, [period]: count };
  return { ...scenario, policy: { ...policy, retention: { ...policy.retention, source: { keep } } } };
}

interface Range {
  readonly from: number;
  readonly likely: number;
  readonly to: number;
}

/** The first number for which it holds, most quickly found where it is the likely one; undefined when it does not hold for the last. */
function smallest({ from, likely, to }: Range, isEnough: (count: number) => boolean): number | undefined {
  const isLikelyEnough = isEnough(likely);
  if (isLikelyEnough && (likely === from || !isEnough(likely - 1))) return likely;
  if (!isLikelyEnough && (likely === to || !isEnough(to))) return undefined;
  let [low, high] = isLikelyEnough ? [from, likely - 1] : [likely + 1, to];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (isEnough(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Raised to what the refused run would have sent; a later run may need more. */
function tryGuard(scenario: Scenario, broken: Break): Attempt {
  let { bytes } = broken;
  for (;;) {
    const { size, bytes: maxEstimate } = formatSize(bytes);
    const policy = { ...scenario.policy, guard: { ...scenario.policy.guard, maxEstimate } };
    const result = simulate({ ...scenario, policy });
    if (holds(result)) return { kind: 'guard', size, mostSent: result.mostSent };
    if (result.broken?.code !== 'guard' || result.broken.bytes <= maxEstimate) return { kind: 'guard', size };
    bytes = result.broken.bytes;
  }
}
