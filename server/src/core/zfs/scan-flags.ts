import { nearest } from '../text/nearest';
import type { Flag, Subcommand } from './subcommand';

/** A part of one argument: its index in argv and UTF-16 offsets within it. */
export interface Place {
  readonly index: number;
  readonly start: number;
  readonly end: number;
}

export interface FlagPlace {
  /** The letter in a group (`F` in `-uF`) without the dash, or `--raw` with its dashes. */
  readonly flag: Place;
  /** Its argument, attached or in the next argv. */
  readonly value?: Place;
}

export interface CommandPlaces {
  readonly subcommand?: Place;
  /** Keyed by the flag's name; one place for each occurrence. */
  readonly flags: Readonly<Record<string, readonly FlagPlace[]>>;
  readonly operands: readonly Place[];
}

export type CommandProblemCode =
  | 'unknown-program'
  | 'missing-subcommand'
  | 'unknown-subcommand'
  | 'unknown-flag'
  | 'ambiguous-flag'
  | 'missing-argument'
  | 'unexpected-argument'
  | 'missing-operand'
  | 'too-many-operands';

/** Something that zfs would refuse. */
export interface CommandProblem {
  readonly code: CommandProblemCode;
  readonly place: Place;
  readonly message: string;
  /** What was probably meant. */
  readonly suggestion?: string;
}

export interface ScannedFlag {
  readonly flag: Flag;
  readonly value?: string;
  readonly place: FlagPlace;
}

export interface Scanned {
  readonly flags: readonly ScannedFlag[];
  /** Indices into argv. */
  readonly operands: readonly number[];
  readonly problems: readonly CommandProblem[];
}

/** What one argument says; `taken` is 1 when it used up the next argv as well. */
interface Step {
  readonly flags: readonly ScannedFlag[];
  readonly problems: readonly CommandProblem[];
  readonly taken: 0 | 1;
}

interface Scan {
  readonly subcommand: Subcommand;
  readonly argv: readonly string[];
}

/** Splits argv from `start` on into flags and operands by getopt's rules. */
export function scanFlags(subcommand: Subcommand, argv: readonly string[], start: number): Scanned {
  const flags: ScannedFlag[] = [];
  const operands: number[] = [];
  const problems: CommandProblem[] = [];
  const scan = { subcommand, argv };
  for (let index = start; index < argv.length; index++) {
    const word = argv[index] ?? '';
    if (word === '--') {
      for (let rest = index + 1; rest < argv.length; rest++) operands.push(rest);
      break;
    }
    if (!word.startsWith('-') || word === '-') {
      operands.push(index);
      continue;
    }
    const step = word.startsWith('--') ? scanLong(scan, index, word) : scanGroup(scan, index, word);
    flags.push(...step.flags);
    problems.push(...step.problems);
    index += step.taken;
  }
  return { flags, operands, problems };
}

function scanLong(scan: Scan, index: number, word: string): Step {
  const equals = word.indexOf('=');
  const end = equals < 0 ? word.length : equals;
  const found = findLong(scan.subcommand, word.slice(2, end));
  const place: Place = { index, start: 0, end };
  if (!('flag' in found)) return { flags: [], problems: [{ ...found, place }], taken: 0 };
  const { flag } = found;
  if (flag.argument === undefined) {
    if (equals < 0) return { flags: [{ flag, place: { flag: place } }], problems: [], taken: 0 };
    const message = `--${flag.long ?? flag.name} takes no argument, so zfs will refuse it`;
    return { flags: [], problems: [{ code: 'unexpected-argument', place, message }], taken: 0 };
  }
  return withArgument(scan, flag, place, equals < 0 ? undefined : equals + 1);
}

type Found = { readonly flag: Flag } | Omit<CommandProblem, 'place'>;

/** getopt_long takes any beginning of a long option that fits one option only. */
function findLong(subcommand: Subcommand, name: string): Found {
  const long = subcommand.flags.filter((flag) => flag.long !== undefined);
  const fitting = long.filter((flag) => flag.long?.startsWith(name));
  const flag = fitting.find((candidate) => candidate.long === name) ?? (fitting.length === 1 ? fitting[0] : undefined);
  if (flag !== undefined && name !== '') return { flag };
  if (fitting.length > 1) {
    const names = fitting.map((candidate) => `--${candidate.long}`).join(', ');
    return { code: 'ambiguous-flag', message: `--${name} may mean ${names}, so zfs will refuse it` };
  }
  const suggestion = nearest(
    name,
    long.flatMap((candidate) => candidate.long ?? []),
  );
  return unknownFlag(subcommand, `--${name}`, suggestion === undefined ? undefined : `--${suggestion}`);
}

function scanGroup(scan: Scan, index: number, word: string): Step {
  const flags: ScannedFlag[] = [];
  const problems: CommandProblem[] = [];
  for (let start = 1; start < word.length; start++) {
    const letter = word.charAt(start);
    const place: Place = { index, start, end: start + 1 };
    const flag = scan.subcommand.flags.find((candidate) => candidate.short === letter);
    if (flag === undefined) {
      problems.push({ ...unknownFlag(scan.subcommand, `-${letter}`, otherCase(scan.subcommand, letter)), place });
    } else if (flag.argument === undefined) flags.push({ flag, place: { flag: place } });
    else {
      const step = withArgument(scan, flag, place, start + 1 < word.length ? start + 1 : undefined);
      return { flags: [...flags, ...step.flags], problems: [...problems, ...step.problems], taken: step.taken };
    }
  }
  return { flags, problems, taken: 0 };
}

/** The argument stands in the same word from `attached` on, or is the next word, whatever that looks like. */
function withArgument(scan: Scan, flag: Flag, place: Place, attached: number | undefined): Step {
  const index = attached === undefined ? place.index + 1 : place.index;
  const word = scan.argv[index];
  if (word === undefined) {
    const name = scan.argv[place.index]?.startsWith('--') ? `--${flag.long}` : `-${flag.short}`;
    const message = `${name} needs ${flag.argument?.name ?? 'an argument'}, so zfs will refuse the command`;
    return { flags: [], problems: [{ code: 'missing-argument', place, message }], taken: 0 };
  }
  const value: Place = { index, start: attached ?? 0, end: word.length };
  const scanned = { flag, value: word.slice(value.start), place: { flag: place, value } };
  return { flags: [scanned], problems: [], taken: attached === undefined ? 1 : 0 };
}

function otherCase(subcommand: Subcommand, letter: string): string | undefined {
  const swapped = letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase();
  return subcommand.flags.some((flag) => flag.short === swapped) ? `-${swapped}` : undefined;
}

function unknownFlag(subcommand: Subcommand, written: string, suggestion?: string): Omit<CommandProblem, 'place'> {
  const message = `${subcommand.program} ${subcommand.name} has no flag ${written} and will print its usage`;
  return suggestion === undefined
    ? { code: 'unknown-flag', message }
    : { code: 'unknown-flag', message: `${message}: ${suggestion} exists`, suggestion };
}
