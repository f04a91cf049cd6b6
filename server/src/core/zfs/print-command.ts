import type { Command, FlagValue } from './command';
import type { Flag } from './subcommand';
import { findSubcommand } from './tables';

/**
 * The one argv of a command, the program's name first. Flags stand alone and in the order of their table
 * (`zfs send -w -v -P -I @a tank/x@b`), so equal commands print alike. Throws for a flag that no table has,
 * which is a bug of the caller.
 */
export function printCommand(command: Command): readonly string[] {
  const subcommand = findSubcommand(command.program, command.subcommand);
  if (subcommand === undefined) throw new Error(`no table for ${command.program} ${command.subcommand}`);
  for (const name of Object.keys(command.flags)) {
    if (!subcommand.flags.some((flag) => flag.name === name)) throw new Error(`${subcommand.name} has no flag ${name}`);
  }
  const flags = subcommand.flags.flatMap((flag) => {
    const value = command.flags[flag.name];
    return value === undefined ? [] : printFlag(flag, value);
  });
  // Only an operand that looks like a flag needs the `--`, and glibc moves flags to the front anyway.
  const guard = command.operands.some((operand) => operand.startsWith('-')) ? ['--'] : [];
  return [command.program, subcommand.name, ...flags, ...guard, ...command.operands];
}

function printFlag(flag: Flag, value: FlagValue): readonly string[] {
  const written = flag.short === undefined ? `--${flag.long ?? flag.name}` : `-${flag.short}`;
  if (value === true) return [written];
  return typeof value === 'string' ? [written, value] : value.flatMap((one) => [written, one]);
}
