import { contains, span } from '../text/span';
import type { Span } from '../text/span';
import type { Effect, Flag, Subcommand } from '../zfs/subcommand';
import type { RunbookSource } from './extractor';
import { PROPERTY_NOTES } from './property-notes';
import { isRunbook } from './extractors';
import { readRunbook } from './read-runbook';
import type { FlagSite, Invocation } from './runbook';
import { tooLarge } from './text-gate';

export interface RunbookHover {
  readonly span: Span;
  readonly markdown: string;
}

/** Explains the subcommand, flag or property of a ZFS command at an offset of a runbook, at any depth of quoting. */
export function hoverRunbook(document: RunbookSource, offset: number): RunbookHover | undefined {
  if (!isRunbook(document) || tooLarge(document.text) !== undefined) return undefined;
  const hovers = readRunbook(document).invocations.flatMap((invocation) => hoversOf(invocation));
  const here = hovers.filter((hover) => contains(hover.span, offset));
  // Between two letters the right one is meant. The smallest place says most: a property before its assignment.
  const at = (hover: RunbookHover): number => Number(hover.span.end === offset);
  return here.toSorted((a, b) => at(a) - at(b) || length(a.span) - length(b.span))[0];
}

const length = (at: Span): number => at.end - at.start;

function hoversOf(invocation: Invocation): readonly RunbookHover[] {
  const { subcommand } = invocation;
  if (!subcommand) return [];
  const [verb] = invocation.words;
  const about = verb ? [{ span: verb.span, markdown: describeSubcommand(subcommand) }] : [];
  const flags = subcommand.flags.flatMap((flag) =>
    (invocation.flags[flag.name] ?? []).flatMap((site) => flagHovers(flag, site)),
  );
  return [...about, ...flags, ...operandHovers(invocation, subcommand)];
}

function flagHovers(flag: Flag, site: FlagSite): readonly RunbookHover[] {
  const about = { span: site.grouped ? site.span : site.word.span, markdown: describeFlag(flag) };
  const { value } = site;
  const isProperty = flag.argument?.kind === 'property' || flag.argument?.kind === 'property-assignment';
  return value && isProperty ? [about, ...propertyHovers(value.shown, value.span)] : [about];
}

/** `zfs set PROPERTY=VALUE`, `zfs inherit PROPERTY`, `zfs get PROPERTY,PROPERTY`. */
function operandHovers(invocation: Invocation, subcommand: Subcommand): readonly RunbookHover[] {
  const { kinds } = subcommand.operands;
  return invocation.operands.flatMap((operand, index) => {
    const kind = kinds[Math.min(index, kinds.length - 1)];
    // `zfs set` takes several assignments before its dataset.
    const isProperty = PROPERTY_KINDS.has(kind) || /^\w+=/.test(operand.shown);
    return isProperty ? propertyHovers(operand.shown, operand.span) : [];
  });
}

const PROPERTY_KINDS: ReadonlySet<string | undefined> = new Set(['property', 'property-assignment', 'columns']);

function propertyHovers(written: string, at: Span): readonly RunbookHover[] {
  let start = at.start;
  const verbatim = written.length === length(at);
  return written.split(',').flatMap((item) => {
    const name = /^\w+/.exec(item)?.[0] ?? '';
    const place = verbatim ? span(start, start + name.length) : at;
    start += item.length + 1;
    const note = Object.hasOwn(PROPERTY_NOTES, name) ? PROPERTY_NOTES[name] : undefined;
    return note === undefined ? [] : [{ span: place, markdown: `**${name}**\n\n${note}` }];
  });
}

function describeSubcommand(subcommand: Subcommand): string {
  const { program, name, summary, effect, operands } = subcommand;
  return [`**${program} ${name}** ${operands.usage}`.trim(), summary, ...sentences([effect])].join('\n\n');
}

function describeFlag(flag: Flag): string {
  const spellings = [flag.short && `-${flag.short}`, flag.long && `--${flag.long}`].filter(Boolean).join(', ');
  const title = [`**${spellings}**`, flag.argument?.name].filter(Boolean).join(' ');
  const since = flag.since === undefined ? [] : [`Since OpenZFS ${flag.since}`];
  return [title, flag.summary, ...sentences(flag.effects ?? []), ...since].join('\n\n');
}

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
