import type { Invocation, Runbook } from '../runbook/runbook';

/** A script, a function or a target that is named for restoring is written to be used, and wants to be mounted. */
export function saysRestore(receive: Invocation, { path }: Runbook): boolean {
  const targets = receive.operands.map(({ shown }) => shown);
  const names = [path.slice(path.lastIndexOf('/') + 1), ...receive.site.functions, ...targets];
  return names.some((name) => /restor/i.test(name));
}
