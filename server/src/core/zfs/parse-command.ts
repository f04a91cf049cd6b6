import { nearest } from '../text/nearest';
import type { Command, FlagValue } from './command';
import { scanFlags } from './scan-flags';
import type { CommandPlaces, CommandProblem, FlagPlace, Place, Scanned, ScannedFlag } from './scan-flags';
import type { Flag, Subcommand } from './subcommand';
import { OTHER_SUBCOMMANDS, SUBCOMMANDS, findSubcommand } from './tables';

export type { CommandPlaces, CommandProblem, CommandProblemCode, FlagPlace, Place } from './scan-flags';

export interface ParsedCommand {
  /** Absent when the program or subcommand is none that has a table. Wrong flags are left out of it. */
  readonly command?: Command;
  /** The table that the command was read by. */
  readonly subcommand?: Subcommand;
  readonly problems: readonly CommandProblem[];
  readonly places: CommandPlaces;
}

/**
 * Reads argv, the program's name first, as zfs and zpool on Linux do. Never fails: what zfs would refuse is a
 * problem with its place.
 *
 * Options may follow operands: zfs calls glibc's getopt without a leading `+`, so `zfs send tank@b -w` sends
 * raw (measured on 2.3.2). Under POSIXLY_CORRECT, which nobody sets for zfs, and on FreeBSD they may not.
 */
export function parseCommand(argv: readonly string[]): ParsedCommand {
  const program = programOf(argv[0] ?? '');
  if (program === undefined) {
    const problem = {
      code: 'unknown-program',
      place: whole(argv, 0),
      message: 'this is neither zfs nor zpool',
    } as const;
    return { problems: [problem], places: nowhere };
  }
  const word = argv[1];
  const subcommand = word === undefined ? undefined : findSubcommand(program, word);
  if (subcommand === undefined) return { problems: subcommandProblems(program, argv), places: nowhere };
  const scanned = scanFlags(subcommand, argv, 2);
  const operands = scanned.operands.map((index) => argv[index] ?? '');
  return {
    command: { program, subcommand: subcommand.name, flags: flagValues(scanned.flags), operands },
    subcommand,
    problems: [...scanned.problems, ...operandProblems(subcommand, argv, scanned)],
    places: {
      subcommand: whole(argv, 1),
      flags: flagPlaces(scanned.flags),
      operands: scanned.operands.map((index) => whole(argv, index)),
    },
  };
}

const nowhere: CommandPlaces = { flags: {}, operands: [] };

/** `/usr/sbin/zfs` is zfs too. */
function programOf(word: string): 'zfs' | 'zpool' | undefined {
  const name = word.slice(word.lastIndexOf('/') + 1);
  return name === 'zfs' || name === 'zpool' ? name : undefined;
}

function whole(argv: readonly string[], index: number): Place {
  return { index, start: 0, end: argv[index]?.length ?? 0 };
}

function subcommandProblems(program: 'zfs' | 'zpool', argv: readonly string[]): readonly CommandProblem[] {
  const word = argv[1];
  if (word === undefined) {
    return [{ code: 'missing-subcommand', place: whole(argv, 0), message: `${program} needs a subcommand` }];
  }
  const others = OTHER_SUBCOMMANDS[program];
  if (others.includes(word)) return [];
  const known = SUBCOMMANDS.filter((entry) => entry.program === program).flatMap((entry) => [
    entry.name,
    ...entry.aliases,
  ]);
  const suggestion = nearest(word, [...known, ...others]);
  const message = `${program} has no subcommand \`${word}\` and will print its usage`;
  return [
    {
      code: 'unknown-subcommand',
      place: whole(argv, 1),
      message: suggestion === undefined ? message : `${message}: write \`${suggestion}\``,
      ...(suggestion === undefined ? {} : { suggestion }),
    },
  ];
}

function operandProblems(subcommand: Subcommand, argv: readonly string[], scanned: Scanned): readonly CommandProblem[] {
  const { usage } = subcommand.operands;
  const replacing = scanned.flags.find((entry) => entry.flag.replacesOperands)?.flag;
  const min = replacing === undefined ? subcommand.operands.min : 0;
  const max = replacing === undefined ? (subcommand.operands.max ?? Infinity) : 0;
  const name = `${subcommand.program} ${subcommand.name}`;
  if (scanned.operands.length < min) {
    return [{ code: 'missing-operand', place: whole(argv, 1), message: `${name} needs ${usage}` }];
  }
  const takes = replacing === undefined ? usage || 'no operands' : `no operands beside ${spell(replacing)}`;
  return scanned.operands.slice(max).map((index) => ({
    code: 'too-many-operands',
    place: whole(argv, index),
    message: `${name} takes ${takes}, so it will refuse \`${argv[index] ?? ''}\``,
  }));
}

function spell(flag: Flag): string {
  return flag.short === undefined ? `--${flag.long ?? flag.name}` : `-${flag.short}`;
}

function flagValues(scanned: readonly ScannedFlag[]): Readonly<Record<string, FlagValue>> {
  const values: Record<string, FlagValue> = {};
  for (const { flag, value } of scanned) {
    if (value === undefined) values[flag.name] = true;
    else if (flag.repeatable) {
      const before = values[flag.name];
      values[flag.name] = Array.isArray(before) ? [...before, value] : [value];
    } else values[flag.name] = value;
  }
  return values;
}

function flagPlaces(scanned: readonly ScannedFlag[]): Readonly<Record<string, readonly FlagPlace[]>> {
  const places: Record<string, FlagPlace[]> = {};
  for (const { flag, place } of scanned) (places[flag.name] ??= []).push(place);
  return places;
}
