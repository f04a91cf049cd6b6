import type { Invocation, Runbook } from '../runbook/runbook';

/** The calls of one subcommand that do something: dry runs are left out. */
export function* commandsOf(runbook: Runbook, ...subcommands: readonly string[]): Iterable<Invocation> {
  for (const invocation of runbook.invocations) {
    const { command } = invocation;
    if (command && subcommands.includes(command.subcommand) && !command.flags['dryRun']) yield invocation;
  }
}

/** Every `-o PROPERTY=VALUE` and the like of a command, by the flag's name. */
export const settingsOf = ({ flags }: Invocation, ...names: readonly string[]) =>
  names.flatMap((name) => flags[name] ?? []).flatMap((site) => (site.value ? [{ site, shown: site.value.shown }] : []));
