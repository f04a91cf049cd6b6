import { createPlacement, describe, isKnown, placeOf, sliceOf, textOf } from '../shell/placed-text';
import type { PlacedText } from '../shell/placed-text';
import { span } from '../text/span';
import type { Span } from '../text/span';
import type { Command, FlagValue } from '../zfs/command';
import { parseCommand } from '../zfs/parse-command';
import type { CommandProblemCode, FlagPlace, ParsedCommand, Place } from '../zfs/parse-command';
import type { ArgumentWord, Field, FlagSite, Invocation, InvocationProblem, Site, Streams } from './runbook';
import { settleOptions } from './settle-options';

interface CallSite {
  /** The command that the call stands in. */
  readonly home: Span;
  readonly site: Site;
  readonly streams: Streams;
}

/**
 * A call of zfs or zpool as an invocation: its command by the tables, and the place of every flag and operand.
 * Undefined when not even the subcommand is known.
 */
export function readInvocation(
  program: 'zfs' | 'zpool',
  written: readonly Field[],
  { home, site, streams }: CallSite,
): Invocation | undefined {
  const { fields, maybeFlags } = settleOptions(program, atTheCall(unwrapVariable(written), home));
  const verb = fields[1];
  if (!fields[0] || !verb || !isKnown(verb.text)) return undefined;
  const { kept, unknownFlags, parsed } = parseKnown(program, fields);
  const words = kept.map(toWord);
  const { command, subcommand } = parsed;
  const flagSites = Object.entries(parsed.places.flags).map(
    ([name, places]) => [name, places.map((place) => toFlagSite(place, kept, words))] as const,
  );
  return {
    program,
    span: extent(fields, home),
    programSpan: fields[0].span,
    words: words.slice(1),
    verb: textOf(verb.text),
    ...(command && { command: nameUnknowns(command, parsed, kept) }),
    ...(subcommand && { subcommand }),
    flags: Object.fromEntries(flagSites),
    operands: parsed.places.operands.flatMap((place) => words[place.index] ?? []),
    unknownFlags,
    maybeFlags: Object.fromEntries(Object.entries(maybeFlags).filter(([flag]) => !parsed.places.flags[flag])),
    problems: readProblems(parsed, kept, unknownFlags),
    site,
    ...streams,
  };
}

/** Of `zfs() { command zfs "$@"; }` the call says what is run, so there it stands. */
function atTheCall(fields: readonly Field[], home: Span): readonly Field[] {
  const [program, verb, ...rest] = fields;
  if (!program || !verb || !isWithin(program.span, home) || isWithin(verb.span, home)) return fields;
  return [{ ...program, span: verb.span }, verb, ...rest];
}

const isWithin = (inner: Span, outer: Span): boolean => outer.start <= inner.start && inner.end <= outer.end;

/** Unknown words may be what is missing, or take the place of what is too much. */
const NEEDS_ALL: ReadonlySet<CommandProblemCode> = new Set([
  'missing-argument',
  'missing-operand',
  'too-many-operands',
]);

function readProblems(
  { problems }: ParsedCommand,
  fields: readonly Field[],
  unknownFlags: readonly string[],
): readonly InvocationProblem[] {
  return problems.flatMap(({ place, ...problem }) => {
    const field = fields[place.index];
    if (!field || !isKnown(field.text) || (NEEDS_ALL.has(problem.code) && unknownFlags.length > 0)) return [];
    const word = textOf(field.text);
    const part = word.slice(place.start, place.end);
    const isLetter = place.start > 0;
    const at = isLetter && word.length === 2 ? field.span : spanOf(place, field);
    return [{ ...problem, span: at, written: isLetter ? `-${part}` : part }];
  });
}

/** A command that is one variable, `$CMD`, is read where its value was written. */
function unwrapVariable(fields: readonly Field[]): readonly Field[] {
  const first = fields[0]?.text[0];
  if (first?.kind !== 'derived' || !first.value) return fields;
  const values = fields.map(({ text }) =>
    text.flatMap((run): PlacedText =>
      run.kind !== 'verbatim' && run.span.start === first.span.start ? (run.value ?? []) : [],
    ),
  );
  if (values.some((value, index) => textOf(value) !== textOf(fields[index]?.text ?? []))) return fields;
  return fields.map((field, index) => {
    const value = values[index] ?? [];
    return { ...field, text: value, span: placeOf(createPlacement(value), 0, textOf(value).length) };
  });
}

interface KnownArguments {
  readonly kept: readonly Field[];
  readonly unknownFlags: readonly string[];
  readonly parsed: ParsedCommand;
}

/**
 * Parses what is known. An unknown word counts as an operand as long as the command takes one more; the words before
 * it that are too many, and lists, are where flags may come from.
 */
function parseKnown(program: string, fields: readonly Field[]): KnownArguments {
  const unknownFlags: string[] = [];
  let kept = fields.filter((field, index) => {
    const mayBeFlags = index > 1 && !isKnown(field.text) && mayHoldFlags(field);
    if (mayBeFlags) unknownFlags.push(describe(field.text));
    return !mayBeFlags;
  });
  for (;;) {
    const parsed = parseCommand([program, ...kept.slice(1).map((field) => textOf(field.text))]);
    const excess = unknownExcess(parsed, kept);
    if (excess === undefined) return { kept, unknownFlags: [...unknownFlags, ...openGroups(parsed, kept)], parsed };
    unknownFlags.push(describe(kept[excess]?.text ?? []));
    kept = kept.filter((_, index) => index !== excess);
  }
}

/** `"$@"`, arrays, and bare variables that are named like flags. */
function mayHoldFlags(field: Field): boolean {
  if (field.arity === 'list') return true;
  return field.arity === 'some' && /opt|flag|arg|param/i.test(describe(field.text));
}

/** `-Rcv${RAW}`: a group of flags with a part that is unknown. */
function openGroups(parsed: ParsedCommand, kept: readonly Field[]): readonly string[] {
  const unread = parsed.problems.filter((problem) => problem.code === 'unknown-flag');
  const texts = unread.map((problem) => kept[problem.place.index]?.text ?? []);
  return texts.filter((text) => !isKnown(text)).map(describe);
}

function unknownExcess(parsed: ParsedCommand, kept: readonly Field[]): number | undefined {
  const max = parsed.subcommand?.operands.max;
  const { operands } = parsed.places;
  if (max === undefined || operands.length <= max) return undefined;
  return operands.map((place) => place.index).find((index) => isWhollyUnknown(kept[index]));
}

const isWhollyUnknown = (field: Field | undefined): boolean =>
  field?.text.length === 1 && field.text[0]?.kind === 'unknown';

function toWord(field: Field): ArgumentWord {
  return {
    text: field.text,
    shown: describe(field.text),
    known: isKnown(field.text),
    span: field.span,
    written: field.text.every((run) => run.kind === 'verbatim' || (run.kind === 'derived' && !run.value)),
  };
}

function toFlagSite(place: FlagPlace, fields: readonly Field[], words: readonly ArgumentWord[]): FlagSite {
  const field = fields[place.flag.index];
  const word = words[place.flag.index] ?? NO_WORD;
  const length = textOf(field?.text ?? []).length;
  const isLong = place.flag.end - place.flag.start > 1;
  const site = { span: spanOf(place.flag, field), word, grouped: !isLong && length > 2 };
  const { value } = place;
  if (!value) return site;
  const valueWord = words[value.index] ?? NO_WORD;
  return {
    ...site,
    value: {
      span: spanOf(value, fields[value.index]),
      shown: describe(partOf(value, fields[value.index])),
      word: valueWord,
    },
  };
}

const NO_WORD: ArgumentWord = { text: [], shown: '', known: false, span: span(0, 0), written: false };

const partOf = (place: Place, field: Field | undefined): PlacedText =>
  sliceOf(createPlacement(field?.text ?? []), place.start, place.end);

/** A whole argument includes its quotes. */
function spanOf(place: Place, field: Field | undefined): Span {
  if (!field) return span(0, 0);
  const placement = createPlacement(field.text);
  if (place.start === 0 && place.end === placement.text.length) return field.span;
  return placeOf(placement, place.start, place.end);
}

/** The command with unknown values by their names, for people and for comparison. */
function nameUnknowns(command: Command, parsed: ParsedCommand, fields: readonly Field[]): Command {
  if (fields.every((field) => isKnown(field.text))) return command;
  const shown = (place: Place | undefined): string => (place ? describe(partOf(place, fields[place.index])) : '');
  const flags = Object.entries(command.flags).map(([name, value]): readonly [string, FlagValue] => {
    if (value === true) return [name, true];
    const values = (parsed.places.flags[name] ?? []).map((place) => shown(place.value));
    return [name, typeof value === 'string' ? (values.at(-1) ?? value) : values];
  });
  return { ...command, flags: Object.fromEntries(flags), operands: parsed.places.operands.map(shown) };
}

/** From the program to the last argument that stands after it in the same place. */
function extent(fields: readonly Field[], home: Span): Span {
  const [program, ...rest] = fields;
  if (!program) return home;
  const limit = isWithin(program.span, home) ? home.end : Infinity;
  let { end } = program.span;
  for (const field of rest) {
    if (field.span.start >= end && field.span.end <= limit) ({ end } = field.span);
  }
  return span(program.span.start, end);
}
