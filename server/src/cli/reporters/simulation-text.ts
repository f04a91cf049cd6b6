import type { Keep } from '../../core/policy/policy';
import type { Repair, Repairs } from '../../core/simulate/repairs';
import type { Scenario } from '../../core/simulate/scenario';
import type { Break, LostBase, Simulation } from '../../core/simulate/simulation';
import { formatBytes } from '../../core/text/format-bytes';
import { formatSpan, formatTimeline } from './simulation-timeline';

export interface SimulationReport {
  readonly scenario: Scenario;
  readonly simulation: Simulation;
  /** Of a chain that breaks. */
  readonly repairs?: Repairs;
}

/** What is played, day by day, and how it ends. */
export function formatSimulation(report: SimulationReport): string {
  const { scenario, simulation } = report;
  return [...formatScenario(scenario), '', ...formatTimeline(scenario, simulation), '', ...formatEnd(report), ''].join(
    '\n',
  );
}

function formatScenario({
  policy,
  start,
  days,
  every,
  churn,
  outages,
  placesHolds,
  chain,
}: Scenario): readonly string[] {
  const { source, target, retention } = policy;
  const kept = (['source', 'target'] as const).map((side) => `${side} keeps ${describeKeep(retention[side]?.keep)}`);
  return [
    `${policy.name}: ${source.host}:${source.dataset} → ${target.host}:${target.dataset}, simulated; no host was asked`,
    `  ${days} days from ${dateOf(start)}, a run every ${formatSpan(every)}, ${formatBytes(Math.round(churn * 3600))} written an hour`,
    `  ${kept.join('; ')}; the base is ${placesHolds ? 'held' : 'not held'}`,
    ...(chain?.bringers ?? []).map(
      (one) =>
        `  ${one.policy.name} brings ${one.policy.target.host}:${one.policy.target.dataset} before, a run every ${formatSpan(one.every)}; the target keeps ${describeKeep(one.policy.retention.target?.keep)}`,
    ),
    ...outages.map(({ from, to }) => `  outage of ${formatSpan(to - from)} from ${timeOf(start + from)}`),
  ];
}

const describeKeep = (keep: Keep['keep'] | undefined): string =>
  keep === undefined
    ? 'everything'
    : Object.entries(keep)
        .map(([reason, value]) => `${reason} ${reason === 'within' ? formatSpan(value) : value}`)
        .join(', ');

const dateOf = (seconds: number): string => new Date(seconds * 1000).toISOString().slice(0, 10);

const timeOf = (seconds: number): string =>
  `${new Date(seconds * 1000).toISOString().slice(0, 16).replace('T', ' ')} UTC`;

function formatEnd({ scenario, simulation, repairs }: SimulationReport): readonly string[] {
  const { broken, unknown } = simulation;
  if (unknown !== undefined) return [`It cannot be played to the end: ${unknown}`];
  if (broken !== undefined) return [...formatBreak(scenario, broken), ...(repairs ? formatRepairs(repairs) : [])];
  return formatSurvival(scenario, simulation);
}

function formatSurvival({ placesHolds }: Scenario, simulation: Simulation): readonly string[] {
  const { done, missed, longestLag, mostSent, savedByHold } = simulation;
  const [saved, ...more] = savedByHold;
  const others = more.length === 0 ? '' : ` (and ${more.length} more)`;
  return [
    `The chain holds: ${done} runs done, ${missed} missed.`,
    `  At worst the target is ${formatSpan(longestLag)} behind, and one run sends ${formatBytes(Math.round(mostSent))}.`,
    ...(placesHolds
      ? ['  Until then the source keeps up to as much for the held base, if what it has is overwritten or deleted.']
      : []),
    ...(saved === undefined
      ? []
      : [`  The hold kept ${saved}${others}, which retention would have destroyed; --without-holds shows what then.`]),
  ];
}

function formatBreak({ start, policy, chain }: Scenario, broken: Break): readonly string[] {
  const { day, noticedDay, at, noticedAt, code, message, choices, lost } = broken;
  const found = noticedAt === at ? '' : `, which a run finds out on day ${noticedDay} (${timeOf(start + noticedAt)})`;
  return [
    lost
      ? `The chain breaks on day ${day} (${timeOf(start + at)})${found}.`
      : `The run of day ${day} (${timeOf(start + at)}) is refused, and so is every later one.`,
    ...(lost
      ? [
          `  ${lost.snapshot}, the base, was destroyed then: ${describeRule({ policy, chain }, lost)}, and nothing held it.`,
        ]
      : []),
    `  The planner then says ${code}: ${message}`,
    ...(lost ? [] : choices.map((choice) => `    - ${choice}`)),
  ];
}

function describeRule(
  { policy, chain }: Pick<Scenario, 'policy'> & { chain: Scenario['chain'] },
  { by }: LostBase,
): string {
  const bringer = chain?.bringers.find((one) => one.policy.name === by);
  return bringer === undefined
    ? `retention.source keeps ${describeKeep(policy.retention.source?.keep)}`
    : `retention.target of ${by} keeps ${describeKeep(bringer.policy.retention.target?.keep)}`;
}

function formatRepairs({ found, failing }: Repairs): readonly string[] {
  return [
    ...(found.length > 0 ? ['Each of these prevents it, simulated past the last outage:'] : []),
    ...found.map((repair) => `  - ${FOUND[repair.kind](repair)}`),
    ...(failing.length > 0 ? ['This does not:'] : []),
    ...failing.map((repair) => `  - ${FAILING[repair.kind](repair)}`),
  ];
}

const FOUND: Readonly<Record<Repair['kind'], (repair: Repair) => string>> = {
  hold: ({ mostSent }) =>
    `hold the base, as Rawsend does: the source keeps up to ${formatBytes(Math.round(mostSent))} for it`,
  bookmark: () =>
    '`zfs bookmark` of the base after each run: it keeps no data; what is pruned in an outage never reaches the target',
  retention: ({ period = '', count = 0, now = 0 }) =>
    `retention.source.keep.${period}: ${count} (now ${now}), the smallest number that does`,
  guard: ({ size = '' }) => `guard.maxEstimate: ${size}, which lets every run through`,
};

const FAILING: Readonly<Record<Repair['kind'], (repair: Omit<Repair, 'mostSent'>) => string>> = {
  hold: () => 'a hold on the base',
  bookmark: () => 'a bookmark of the base',
  retention: ({ period = '', count = 0 }) =>
    `retention.source.keep.${period}: ${count}, or less: it keeps the newest snapshot of each such period, and the base is not that`,
  guard: ({ size = '' }) => `guard.maxEstimate: ${size}`,
};

/** Times are in Unix seconds, durations in seconds, sizes in bytes. */
export function toSimulationJson({ scenario, simulation, repairs }: SimulationReport): object {
  const { policy, start, outages } = scenario;
  const { days, unknown, broken, ...figures } = simulation;
  return {
    policy: policy.name,
    outcome: unknown !== undefined ? 'unknown' : broken === undefined ? 'holds' : 'breaks',
    start,
    days: scenario.days,
    every: scenario.every,
    churn: scenario.churn,
    outages: outages.map(({ from, to }) => ({ from: start + from, to: start + to })),
    holds: scenario.placesHolds,
    ...figures,
    ...(unknown !== undefined && { unknown }),
    ...(broken && { broken: absolute(broken, start) }),
    ...(repairs && { repairs: repairs.found, notEnough: repairs.failing }),
    timeline: days,
  };
}

const absolute = (broken: Break, start: number): object => ({
  ...broken,
  at: start + broken.at,
  noticedAt: start + broken.noticedAt,
  ...(broken.lost && {
    lost: { ...broken.lost, takenAt: start + broken.lost.takenAt, at: start + broken.lost.at },
  }),
});
