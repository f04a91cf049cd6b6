import * as z from 'zod';
import * as fields from './fields';
import { documented } from '../yaml/key-text';

export const hostSchema = documented(
  z
    .strictObject({
      ssh: documented(fields.sshAddress.exactOptional(), {
        summary:
          'Where the host is reached. User, port, key, known_hosts and the jump hosts of ProxyJump come from ~/.ssh/config where it has them.',
        type: '`user@host`, `user@host:port` or an alias of ~/.ssh/config',
        effect: 'the destination of every `ssh` to this host',
        example: 'ssh: root@vault.example',
      }),
      hostKey: documented(fields.keyFingerprint.exactOptional(), {
        summary:
          'The key that this host must show, whatever known_hosts says. It stands with the host and not with a policy, because a machine has one identity, whoever asks it: a host that shows another key is refused before anything is read. known_hosts has to know the key all the same.',
        type: 'a SHA256 fingerprint, as `ssh-keygen -l` prints it',
        effect: 'no zfs flag: the connection is closed before the login',
        example: 'hostKey: SHA256:uNiVztksCsDhcc0u9e8BrrkcDEX+FPCyMUzxJ60xHTU',
      }),
      local: documented(z.boolean().default(false), {
        summary: 'This machine: commands run here, without SSH.',
        type: '`true` or `false`',
        default: 'local: false',
        example: 'local: true',
      }),
      elevate: documented(z.enum(['none', 'sudo', 'doas']).default('none'), {
        summary: 'How zfs gets its rights on this host. It must not ask for a password.',
        type: '`none`, `sudo` or `doas`',
        default: 'elevate: none',
        effect: '`sudo -n zfs …` or `doas -n zfs …` in place of `zfs …`',
        example: 'elevate: sudo',
        values: {
          none: 'zfs runs as the user who logs in: root, or one with `zfs allow`',
          sudo: '`sudo -n`, which fails where a password would be asked for',
          doas: '`doas -n`, which fails where a password would be asked for',
        },
      }),
    })
    .superRefine((host, context) => {
      if ((host.ssh !== undefined) === host.local) {
        const message = host.local
          ? 'has both `ssh` and `local: true`: keep the one that is meant'
          : 'has no address: add `ssh: user@host`, or `local: true` for this machine';
        context.addIssue({ code: 'custom', message });
      }
      if (host.local && host.hostKey !== undefined)
        context.addIssue({
          code: 'custom',
          message: 'has `hostKey` and is this machine, to which no connection is made: remove `hostKey`',
        });
    }),
  {
    summary: 'A machine that has ZFS, reached over SSH or locally.',
    type: 'a section with `ssh` or `local: true`',
    example: 'vault: { ssh: root@vault.example }',
  },
);
