import type { SshTarget } from './ssh-target';

/** A host as messages name it: a jump host with the host that it leads to. `detail` goes into parentheses. */
export function subjectOf({ name, jump }: Pick<SshTarget, 'name' | 'jump'>, detail?: string): string {
  const shown = detail === undefined ? '' : ` (${detail})`;
  return jump === undefined ? `${name}${shown}` : `${jump}${shown}, the jump host of ${name},`;
}
