import type { HostEntry } from '../../core/policy/policy';
import type { Invocation } from '../define-command';
import { FILE_OPTION } from '../load-policy';
import { SSH_OPTION } from '../open-hosts';
import { FORMAT_OPTION } from '../reporters/format-option';

export const ELEVATIONS: readonly HostEntry['elevate'][] = ['none', 'sudo', 'doas'];

/** Of all subcommands of `policy`; each says which of them are its own. */
export const POLICY_OPTIONS = {
  check: { type: 'boolean', summary: 'fmt: write nothing; exit code 1 when a file would change' },
  ...FILE_OPTION,
  ...FORMAT_OPTION,
  inventory: {
    type: 'string',
    multiple: true,
    argument: 'FILE',
    summary: 'diff: facts of a host, from inventory --format json; may be given again',
  },
  ssh: {
    type: 'string',
    multiple: true,
    argument: 'HOST=ADDRESS',
    summary: 'init: how HOST is reached, where its name is no alias of ~/.ssh/config; may be given again',
  },
  elevate: {
    type: 'string',
    multiple: true,
    argument: '[HOST=]HOW',
    otherwise: 'none',
    summary: 'init: how zfs gets its rights, none, sudo or doas; may be given again',
  },
  output: { type: 'string', short: 'o', argument: 'FILE', summary: 'init: write to FILE, which must not exist' },
  ...SSH_OPTION,
} as const;

export type PolicyInvocation = Invocation<typeof POLICY_OPTIONS>;
