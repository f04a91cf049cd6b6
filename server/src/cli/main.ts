import { HostError } from '../core/run/host';
import { COMMANDS } from './command-table';
import type { Command } from './define-command';
import { EXIT, type ExitCode } from './exit-code';
import { describeHostError, Failure, usageFailure } from './failure';
import { formatCommandHelp, formatGeneralHelp } from './format-help';
import type { Io } from './io';
import { harmless, styleFor } from './style';
import { nearest as nearestOf } from '../core/text/nearest';

/**
 * Runs one command line, without the program's name, and returns the exit code. It never throws and never
 * ends the process: everything outside comes through `io`.
 */
export async function main(argv: readonly string[], io: Io): Promise<ExitCode> {
  try {
    return await dispatch(argv, io);
  } catch (error) {
    return explain(error, io);
  }
}

async function dispatch(argv: readonly string[], io: Io): Promise<ExitCode> {
  const [first, ...rest] = argv;
  if (first === undefined) {
    io.stderr.write(formatGeneralHelp(COMMANDS));
    return EXIT.usage;
  }
  if (first === '--version') return print(io, `${io.version}\n`);
  if (first === '--help' || first === '-h' || first === 'help') {
    const topic = rest[0];
    return print(io, topic === undefined ? formatGeneralHelp(COMMANDS) : formatCommandHelp(findCommand(topic)));
  }
  const command = findCommand(first);
  if (asksForHelp(rest)) return print(io, formatCommandHelp(command));
  return command.invoke(rest, io);
}

function print(io: Io, text: string): ExitCode {
  io.stdout.write(text);
  return EXIT.done;
}

function asksForHelp(args: readonly string[]): boolean {
  const end = args.indexOf('--');
  return args.slice(0, end === -1 ? undefined : end).some((arg) => arg === '--help' || arg === '-h');
}

function findCommand(name: string): Command {
  const command = COMMANDS.find((candidate) => candidate.name === name);
  if (command !== undefined) return command;
  const nearest = nearestOf(name, [...COMMANDS.map((candidate) => candidate.name), '--help', '--version']);
  const kind = name.startsWith('-') ? 'option' : 'command';
  const hint = nearest === undefined ? "'rawsend --help' lists the commands" : `Did you mean ${nearest}?`;
  throw usageFailure(`rawsend has no ${kind} ${name}`, hint);
}

function explain(error: unknown, io: Io): ExitCode {
  const style = styleFor(io.stderr, io.env);
  const say = (message: string): void => io.stderr.write(`${style.severity('error', 'rawsend:')} ${message}\n`);
  if (error instanceof Failure) {
    for (const line of error.message.split('\n')) say(harmless(line));
    if (error.hint !== undefined) io.stderr.write(`  ${harmless(error.hint)}\n`);
    return error.exitCode;
  }
  if (error instanceof HostError) {
    say(harmless(describeHostError(error)));
    return EXIT.failed;
  }
  say(`this is a bug in rawsend ${io.version}; please report it with the lines below`);
  io.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  return EXIT.failed;
}
