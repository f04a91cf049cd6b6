import type { Command } from './command';
import type { Effect } from './subcommand';
import { findSubcommand } from './tables';

/** Everything that a command does to its host by the tables; a dry run only reads. Empty for a command without a table. */
export function effectsOf(command: Command): ReadonlySet<Effect> {
  const subcommand = findSubcommand(command.program, command.subcommand);
  if (subcommand === undefined) return new Set();
  const flags = subcommand.flags.filter((flag) => command.flags[flag.name] !== undefined);
  const effects = flags.flatMap((flag) => flag.effects ?? []);
  return effects.includes('dry-run') ? new Set(['reads', 'dry-run']) : new Set([subcommand.effect, ...effects]);
}

/** True for what loses data: destroying, rolling back, throwing away received state. */
export function isDestructive(command: Command): boolean {
  const effects = effectsOf(command);
  return effects.has('destroys') || effects.has('rolls-back');
}
