import type { Invocation, Runbook } from '../runbook/runbook';

/** A script or a function that is named for restoring writes to live datasets, and wants them mounted. */
export function saysRestore(receive: Invocation, { path }: Runbook): boolean {
  const names = [path.slice(path.lastIndexOf('/') + 1), ...receive.site.functions];
  return names.some((name) => /restor/i.test(name));
}
