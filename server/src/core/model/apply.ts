import type { Command, FlagValue } from '../zfs/command';
import { parseCommand } from '../zfs/parse-command';
import type { ParsedCommand } from '../zfs/parse-command';
import { COMMANDS } from './commands';
import type { Input, Run } from './commands';
import { failed, notModelled } from './outcome';
import type { Outcome } from './outcome';
import { refusalFor } from './permissions';
import type { State } from './state';
import { usageError } from './usage';

export type { Input } from './commands';

/**
 * Runs one zfs or zpool command on a state: the new state, and what OpenZFS prints and returns. Throws `NotModelled`, with the
 * name of what is missing, where the model does not know what OpenZFS does.
 *
 * @param argv the program's name first, e.g. `['zfs', 'snapshot', '-r', 'tank/prod@a']`
 */
export function apply(state: State, argv: readonly string[], input: Input = {}): Outcome {
  const checked = checkCommand(state, argv, input.user);
  return 'exitCode' in checked ? checked : checked.run(state, checked.command, input);
}

/** What `apply` would run, or what zfs says before it looks at any dataset. */
export function checkCommand(
  state: State,
  argv: readonly string[],
  user: string | undefined,
): Outcome | { readonly command: Command; readonly run: Run } {
  const parsed = parseCommand(argv);
  const { command } = parsed;
  if (command === undefined) return notModelled(argv.slice(0, 2).join(' '));
  const run = COMMANDS[`${command.program} ${command.subcommand}`];
  if (run === undefined) return notModelled(`${command.program} ${command.subcommand}`);
  const later = flagOfLaterRelease(state, parsed, argv);
  if (later !== undefined) return usageError(state, command.subcommand, `invalid option '${later}'`);
  return (
    wrongAssignment(state, command) ??
    wrongUse(state, parsed, argv) ??
    refusalFor(state, user, command) ?? { command, run }
  );
}

function flagOfLaterRelease(
  state: State,
  { command, subcommand }: ParsedCommand,
  argv: readonly string[],
): string | undefined {
  if (state.release !== '2.1') return undefined;
  const later = subcommand?.flags.find((flag) => flag.since !== undefined && command?.flags[flag.name] !== undefined);
  return argv.find((word) => later?.long !== undefined && word.startsWith(`--${later.long}`)) ?? later?.short;
}

/** `-o` without a value, and a property that is named twice. */
function wrongAssignment(state: State, { subcommand, flags }: Command): Outcome | undefined {
  const given = listOf(flags['set']);
  const names = [...given.map((word) => word.split('=', 1)[0] ?? ''), ...listOf(flags['ignore'])];
  const twice = names.find((name, index) => names.indexOf(name) < index);
  const problem = given.every((word) => word.includes('='))
    ? twice && `property '${twice}' specified multiple times`
    : "missing '=' for property=value argument";
  if (problem === undefined) return undefined;
  return subcommand === 'receive' ? usageError(state, subcommand, problem) : failed(state, problem);
}

const listOf = (flag: FlagValue | undefined): readonly string[] =>
  flag === undefined || flag === true ? [] : typeof flag === 'string' ? [flag] : flag;

/** What the option parser of zfs refuses before it looks at any dataset. */
function wrongUse(state: State, parsed: ParsedCommand, argv: readonly string[]): Outcome | undefined {
  const { command, problems } = parsed;
  const problem = problems[0];
  if (command === undefined || problem === undefined) return undefined;
  const word = argv[problem.place.index] ?? '';
  const flag = word.slice(problem.place.start, problem.place.end);
  const letters = flag.startsWith('--') ? word : flag.replace(/^-/, '');
  const name = command.subcommand;
  if (problem.code === 'unknown-flag') return usageError(state, name, `invalid option '${letters}'`);
  if (problem.code === 'missing-argument') return usageError(state, name, `missing argument for '${letters}' option`);
  if (problem.code === 'too-many-operands') return usageError(state, name, TOO_MANY[name] ?? 'too many arguments');
  if (problem.code !== 'missing-operand') return notModelled(`what zfs says to: ${problem.message}`);
  const missing = MISSING[name];
  return usageError(state, name, missing?.[command.operands.length] ?? undefined);
}

const TOO_MANY: Readonly<Record<string, string>> = { 'change-key': 'Too many arguments' };

/** By the number of operands that are there. */
const MISSING: Readonly<Record<string, readonly string[]>> = {
  create: ['missing filesystem argument'],
  destroy: ['missing dataset argument'],
  snapshot: ['missing snapshot argument'],
  bookmark: ['missing source argument', 'missing bookmark argument'],
  send: ['missing snapshot argument'],
  receive: ['missing snapshot argument'],
  rename: ['missing source dataset argument', 'missing target dataset argument'],
  clone: ['missing source dataset argument', 'missing target dataset argument'],
  rollback: ['missing dataset argument'],
  'load-key': ['Missing dataset argument or -a option'],
  'unload-key': ['Missing dataset argument or -a option'],
  'change-key': ['Missing dataset argument'],
};
