import type { Policy, PolicyFile } from '../../core/policy/policy';
import { intervalOf } from '../../core/policy/interval';
import { parseChurn, parseDuration } from '../../core/policy/units';
import type { Result } from '../../core/result';
import { chainOf } from '../../core/simulate/chain';
import { DAY } from '../../core/simulate/days';
import { parseOutage } from '../../core/simulate/outage';
import { findRepairs } from '../../core/simulate/repairs';
import type { Scenario } from '../../core/simulate/scenario';
import { simulate as simulatePolicy } from '../../core/simulate/simulate';
import { formatAge } from '../../core/text/format-age';
import { defineCommand, type Invocation } from '../define-command';
import { EXIT, type ExitCode, worstExit } from '../exit-code';
import { usageFailure } from '../failure';
import type { Io } from '../io';
import { chooseNames, FILE_OPTION, loadPolicy, NAME_OPERAND } from '../load-policy';
import { FORMAT_OPTION, toJsonReport } from '../reporters/format-option';
import { formatSimulation, type SimulationReport, toSimulationJson } from '../reporters/simulation-text';
import { harmlessLines } from '../style';

const OPTIONS = {
  days: { type: 'string', argument: 'N', otherwise: '30', summary: 'How many days to play' },
  every: {
    type: 'string',
    argument: 'TIME',
    otherwise: 'that of `schedule`, else 1h',
    summary: 'The time from run to run',
  },
  outage: {
    type: 'string',
    multiple: true,
    argument: 'TIME@DAY',
    summary: 'The target is away for so long from that day on (5.5: its noon); may be given again',
  },
  churn: {
    type: 'string',
    argument: 'SIZE/TIME',
    otherwise: '1GiB/h',
    summary: 'How much is written at the source',
  },
  'without-holds': {
    type: 'boolean',
    summary: 'As if nothing held the base, as with another tool',
  },
  ...FORMAT_OPTION,
  ...FILE_OPTION,
} as const;

export const simulate = defineCommand({
  name: 'simulate',
  summary: 'Play a policy forward in time, outages included, and say when its chain breaks',
  operands: 'NAME',
  description: [
    `${NAME_OPERAND} ` +
      'No host is asked: two machines of a model of ' +
      'ZFS are made as the policy names them, with one child below the source. Run by run, data is written, the policy is planned and ' +
      'carried out as it would be, and other tools destroy on both sides what `retention` does not keep, unless a hold keeps it. In an ' +
      'outage the source goes on taking and destroying snapshots, and no run succeeds. Where other policies of the file bring the source, they are ' +
      'played as well, each by its own schedule, and the outage is that of the last target.',
    'Exit code 1 means that the chain breaks, or that a run is refused: the report says when, why, and what would have prevented ' +
      'it, each simulated past the last outage. In the JSON form `timeline` has one entry for each day; times are Unix seconds, sizes bytes. ' +
      'Several targets are played each by itself, and in the JSON form `simulations` lists them.',
  ],
  options: OPTIONS,
  examples: [
    {
      command: 'rawsend simulate prod-to-vault --days 90 --outage 14d@30',
      meaning: 'Does the chain survive two weeks of vacation with a dead link?',
    },
    {
      command: 'rawsend simulate prod-to-vault --days 30 --outage 3d@5 --churn 5GiB/h --without-holds',
      meaning: 'The same retention with a tool that holds nothing: which base is lost, and when',
    },
  ],
  async run(invocation, io) {
    const policy = await loadPolicy(invocation.values.file, io);
    if (invocation.operands.length > 1) throw usageFailure('simulate takes one NAME at a time');
    const reports = chooseNames(policy, invocation.operands)
      .flatMap((name) => policy.file.policies[name] ?? [])
      .map((chosen) => play(readScenario(invocation, policy.file, chosen, io)));
    io.stdout.write(
      invocation.values.format === 'json'
        ? toJsonReport(toJson(reports.map(toSimulationJson)))
        : harmlessLines(reports.map(formatSimulation).join('\n')),
    );
    return worstExit(reports.map(exitOf));
  },
});

function play(scenario: Scenario): SimulationReport {
  const simulation = simulatePolicy(scenario);
  const repairs = simulation.broken && findRepairs(scenario, simulation.broken);
  return { scenario, simulation, ...(repairs && { repairs }) };
}

/** Several targets are a list. */
const toJson = (reports: readonly object[]): object => {
  const [only, ...others] = reports;
  return only !== undefined && others.length === 0 ? only : { simulations: reports };
};

function exitOf({ simulation: { unknown, broken } }: SimulationReport): ExitCode {
  if (unknown !== undefined) return EXIT.failed;
  return broken === undefined ? EXIT.done : EXIT.findings;
}

/** More runs than this take minutes, and tell nothing that fewer do not. */
const MAX_RUNS = 20_000;

function readScenario({ values }: Invocation<typeof OPTIONS>, file: PolicyFile, policy: Policy, io: Io): Scenario {
  const { schedule } = policy;
  const days = readDays(values.days ?? '30');
  const planned = schedule && intervalOf(schedule)?.longest;
  const every = values.every === undefined && planned ? planned : read('every', values.every ?? '1h', parseDuration);
  const chain = chainOf(file, policy, every);
  const bringers = chain?.bringers ?? [];
  const runs = [every, ...bringers.map((one) => one.every)].reduce(
    (sum, one) => sum + Math.ceil((days * DAY) / one),
    0,
  );
  if (runs > MAX_RUNS)
    throw usageFailure(
      `--days ${days} with a run every ${formatAge(every)} are ${runs} runs, and at most ${MAX_RUNS} are played`,
    );
  const outages = (values.outage ?? []).map((text) => {
    const outage = read('outage', text, parseOutage);
    if (outage.from < days * DAY) return outage;
    throw usageFailure(`--outage ${text} begins after the last of ${days} days`);
  });
  return {
    policy: chain?.file.policies[policy.name] ?? policy,
    ...(chain && { chain }),
    start: Math.floor(io.now().getTime() / 1000 / DAY) * DAY,
    days,
    every,
    churn: read('churn', values.churn ?? '1GiB/h', parseChurn),
    outages,
    placesHolds: values['without-holds'] !== true,
    keepsBookmark: false,
  };
}

function readDays(text: string): number {
  const days = Number(text);
  if (/^[0-9]{1,5}$/.test(text) && days >= 1) return days;
  throw usageFailure(`--days ${text}: write a whole number of days from 1`);
}

function read<T>(option: string, text: string, parse: (text: string) => Result<T, string>): T {
  const parsed = parse(text);
  if (parsed.ok) return parsed.value;
  throw usageFailure(`--${option} ${text}: ${parsed.error}`);
}
