import type { Effect, Flag, Subcommand } from '../zfs/subcommand';
import { describeHost, routeOf } from './describe-host';
import { describeFlags } from './describe-flags';
import { describePipeline } from './describe-pipeline';
import { describeUnknown } from './describe-unknown';
import { describeValues } from './describe-values';
import type { Invocation, Runbook } from './runbook';

/** More ways through a function or a loop than this are counted and not told. */
const MOST_WAYS = 3;

/**
 * Everything about a command that stands in one place of a document: what it is for, what the pipeline will do, each
 * flag, the values of its variables, and what is unknown. A function or a loop runs it several times, hence the list.
 */
export function hoverCommand(invocations: readonly Invocation[], subcommand: Subcommand, runbook: Runbook): string {
  const distinct = (describe: (invocation: Invocation) => readonly string[]): readonly string[] => [
    ...new Set(invocations.flatMap(describe)),
  ];
  const ways = distinct((invocation) => describePipeline(invocation, runbook));
  return [
    describeSubcommand(subcommand),
    ...(ways.length > 0 ? few(ways) : distinct(describePlace)),
    ...list(
      'Flags',
      distinct((invocation) => describeFlags(invocation, runbook.text)),
    ),
    ...list('Values', describeValues(invocations, runbook.text)),
    ...list(
      'Not known',
      distinct((invocation) => describeUnknown(invocation, runbook)),
    ),
  ].join('\n\n');
}

function describeSubcommand(subcommand: Subcommand): string {
  const title = `**${subcommand.program} ${subcommand.name}** ${subcommand.operands.usage}`.trim();
  return [title, subcommand.summary, ...sentences([subcommand.effect])].join('\n\n');
}

export function describeFlag(flag: Flag): string {
  const spellings = [flag.short && `-${flag.short}`, flag.long && `--${flag.long}`].filter(Boolean).join(', ');
  const title = [`**${spellings}**`, flag.argument?.name].filter(Boolean).join(' ');
  const since = flag.since === undefined ? [] : [`Since OpenZFS ${flag.since}`];
  return [title, flag.summary, ...sentences(flag.effects ?? []), ...since].join('\n\n');
}

const describePlace = (invocation: Invocation): readonly string[] =>
  routeOf(invocation).length === 0 ? [] : [`Runs on ${describeHost(routeOf(invocation))}.`];

function few(ways: readonly string[]): readonly string[] {
  const more = ways.length - MOST_WAYS;
  return more > 0 ? [...ways.slice(0, MOST_WAYS), `… and ${more} more with other values.`] : ways;
}

const list = (title: string, items: readonly string[]): readonly string[] =>
  items.length === 0 ? [] : [`**${title}**\n\n${items.map((item) => `- ${item}`).join('\n')}`];

/** Only what a reader should stop at; that a command reads or writes says its name. */
const EFFECTS: Readonly<Partial<Record<Effect, string>>> = {
  destroys: '⚠ Destroys data',
  'rolls-back': '⚠ Rolls back, so newer data is lost',
  releases: 'Releases a hold, so what it kept can be destroyed',
  'loads-keys': 'Loads keys: this host can then read the data',
  'unloads-keys': 'Unloads keys',
  'changes-keys': 'Changes a key',
  mounts: 'Mounts file systems',
  unmounts: 'Unmounts file systems',
  'dry-run': 'Changes nothing',
};

const sentences = (effects: readonly Effect[]): readonly string[] => effects.flatMap((effect) => EFFECTS[effect] ?? []);
