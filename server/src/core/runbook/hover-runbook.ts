import { contains, span } from '../text/span';
import type { Span } from '../text/span';
import type { Flag, Subcommand } from '../zfs/subcommand';
import type { RunbookSource } from './extractor';
import { describeFlag, hoverCommand } from './hover-command';
import { hoverToken, tokenAt } from './hover-token';
import { PROPERTY_NOTES } from './property-notes';
import { isRunbook } from './extractors';
import { readRunbook } from './read-runbook';
import type { FlagSite, Invocation, Runbook } from './runbook';
import { tooLarge } from './text-gate';

export interface RunbookHover {
  readonly span: Span;
  readonly markdown: string;
}

/**
 * Explains the command, flag or property of a ZFS command at an offset of a runbook, at any depth of quoting, or the
 * resume token there, which may stand anywhere.
 */
export function hoverRunbook(document: RunbookSource, offset: number): RunbookHover | undefined {
  if (!isRunbook(document) || tooLarge(document.text) !== undefined) return undefined;
  const token = tokenAt(document.text, offset);
  if (token) return { span: token.span, markdown: hoverToken(token.token) };
  const runbook = readRunbook(document);
  const here = runbook.invocations
    .filter(({ span: at, words }) => contains(at, offset) || words.some((word) => contains(word.span, offset)))
    .flatMap((invocation) => hoversOf(invocation, runbook))
    .filter((hover) => contains(hover.span, offset));
  // Between two letters the right one is meant. The smallest place says most: a property before its assignment.
  const at = (hover: Hover): number => Number(hover.span.end === offset);
  const [best] = here.toSorted((a, b) => at(a) - at(b) || length(a.span) - length(b.span));
  return best && { span: best.span, markdown: best.describe() };
}

/** A place, and what is said about it once it is chosen. */
interface Hover {
  readonly span: Span;
  readonly describe: () => string;
}

const length = (at: Span): number => at.end - at.start;

function hoversOf(invocation: Invocation, runbook: Runbook): readonly Hover[] {
  const { subcommand, programSpan } = invocation;
  if (!subcommand) return [];
  const [verb] = invocation.words;
  const describe = (): string => hoverCommand(sameCommand(invocation, runbook), subcommand, runbook);
  const flags = subcommand.flags.flatMap((flag) =>
    (invocation.flags[flag.name] ?? []).flatMap((site) => flagHovers(flag, site)),
  );
  return [
    { span: programSpan, describe },
    ...(verb ? [{ span: verb.span, describe }] : []),
    ...flags,
    ...operandHovers(invocation, subcommand),
  ];
}

/** All that this place runs: a function or a loop comes by several times. */
const sameCommand = ({ programSpan, subcommand }: Invocation, { invocations }: Runbook): readonly Invocation[] =>
  invocations.filter(
    (other) =>
      other.programSpan.start === programSpan.start &&
      other.programSpan.end === programSpan.end &&
      other.subcommand === subcommand,
  );

function flagHovers(flag: Flag, site: FlagSite): readonly Hover[] {
  const at = site.grouped ? site.span : site.word.span;
  const { value } = site;
  if (flag.argument?.kind === 'token' && value?.word.known) {
    return [
      { span: at, describe: () => describeFlag(flag) },
      { span: value.span, describe: () => hoverToken(value.shown) },
    ];
  }
  const isProperty = flag.argument?.kind === 'property' || flag.argument?.kind === 'property-assignment';
  const about = { span: at, describe: () => describeFlag(flag) };
  return value && isProperty ? [about, ...propertyHovers(value.shown, value.span)] : [about];
}

/** `zfs set PROPERTY=VALUE`, `zfs inherit PROPERTY`, `zfs get PROPERTY,PROPERTY`. */
function operandHovers(invocation: Invocation, subcommand: Subcommand): readonly Hover[] {
  const { kinds } = subcommand.operands;
  return invocation.operands.flatMap((operand, index) => {
    const kind = kinds[Math.min(index, kinds.length - 1)];
    // `zfs set` takes several assignments before its dataset.
    const isProperty = PROPERTY_KINDS.has(kind) || /^\w+=/.test(operand.shown);
    return isProperty ? propertyHovers(operand.shown, operand.span) : [];
  });
}

const PROPERTY_KINDS: ReadonlySet<string | undefined> = new Set(['property', 'property-assignment', 'columns']);

function propertyHovers(written: string, at: Span): readonly Hover[] {
  let start = at.start;
  const verbatim = written.length === length(at);
  return written.split(',').flatMap((item) => {
    const name = /^\w+/.exec(item)?.[0] ?? '';
    const place = verbatim ? span(start, start + name.length) : at;
    start += item.length + 1;
    const note = Object.hasOwn(PROPERTY_NOTES, name) ? PROPERTY_NOTES[name] : undefined;
    return note === undefined ? [] : [{ span: place, describe: () => `**${name}**\n\n${note}` }];
  });
}
