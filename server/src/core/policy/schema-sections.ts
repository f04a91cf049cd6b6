/** The smaller sections of a policy. */
import * as z from 'zod';
import * as fields from './fields';
import { documented } from '../yaml/key-text';

export const snapshots = documented(
  z
    .strictObject({
      prefix: documented(fields.snapshotPrefix.default('rep-'), {
        summary:
          'How the snapshots of this policy begin. Only those are ever held, released or pruned. Where the source is the target of another policy, a run brings the target to the newest of them that has come; so both have one prefix.',
        type: 'the beginning of a snapshot name',
        default: 'prefix: rep-',
        effect: '`zfs snapshot -r SOURCE@rep-…`',
        example: 'prefix: rep-',
      }),
    })
    .prefault({}),
  {
    summary: 'The snapshots that this policy takes; none where its source is the target of another policy.',
    type: 'a section',
    example: 'snapshots: { prefix: rep- }',
  },
);

export const send = documented(
  z
    .strictObject({
      raw: documented(z.boolean().default(true), {
        summary: 'Send blocks as they are on disk: encrypted data stays encrypted, and the target needs no key.',
        type: '`true` or `false`',
        default: 'raw: true',
        effect: '`zfs send -w`; without it the stream is decrypted and must be encrypted anew by the target',
        example: 'raw: true',
      }),
      intermediates: documented(z.boolean().default(true), {
        summary: 'Bring the snapshots between the base and the newest too.',
        type: '`true` or `false`',
        default: 'intermediates: true',
        effect: '`zfs send -I`; `false` means `-i`',
        example: 'intermediates: true',
      }),
    })
    .prefault({}),
  { summary: 'How streams are made.', type: 'a section', example: 'send: { raw: true, intermediates: true }' },
);

export const keys = documented(
  z
    .strictObject({
      location: documented(fields.keyLocation.default('prompt'), {
        summary: 'Where the target looks for the key of its encryption roots. A vault never has one: `prompt`.',
        type: '`prompt`, `file:///PATH` or `https://HOST/PATH`',
        default: 'location: prompt',
        effect: '`zfs set keylocation=prompt` on each encryption root after it was received',
        example: 'location: prompt',
      }),
      load: documented(z.enum(['never', 'manual']).default('never'), {
        summary: 'Whether the target may ever hold a loaded key.',
        type: '`never` or `manual`',
        default: 'load: never',
        effect: 'no flag: what verification expects of `keystatus`',
        example: 'load: never',
        values: {
          never: 'a loaded key at the target is a conflict before a run and a failed check after it',
          manual: 'a person may run `zfs load-key` on the target; Rawsend never does',
        },
      }),
    })
    .prefault({}),
  {
    summary: 'The encryption keys at the target.',
    type: 'a section',
    example: 'keys: { location: prompt, load: never }',
  },
);

export const transport = documented(
  z
    .strictObject({
      route: documented(z.enum(['direct', 'relay']).default('direct'), {
        summary: 'Which way the bytes go.',
        type: '`direct` or `relay`',
        default: 'route: direct',
        example: 'route: relay',
        values: {
          direct: 'from the source to the target, by an ssh that the source starts',
          relay: 'through this machine, where the source cannot reach the target',
        },
      }),
      limit: documented(fields.rate.exactOptional(), {
        summary: 'The most bytes per second. Without it the stream goes as fast as it can.',
        type: 'a rate with a unit',
        effect: 'no zfs flag: the pipe between send and receive is slowed down',
        example: 'limit: 200MiB/s',
      }),
      address: documented(fields.sshAddress.exactOptional(), {
        summary: 'The target as the source reaches it, where that differs from its `ssh`.',
        type: '`user@host` or `user@host:port`',
        effect: 'the destination of the `ssh` that the source starts (route `direct`)',
        example: 'address: recv@10.0.0.2',
      }),
      jump: documented(fields.jumpHost.exactOptional(), {
        summary:
          'A jump host between the source and the target. The source has to log in to it without a question, and to know its key: what its known_hosts does not have is refused. This machine reaches both hosts as its own ~/.ssh/config says, so `route: relay` has no use for it.',
        type: '`user@host`, `user@host:port` or an alias of ~/.ssh/config on the source',
        effect: 'the `ssh` that the source starts connects through `ssh -W` to it (route `direct`)',
        example: 'jump: backup@bastion.example',
      }),
    })
    .prefault({}),
  { summary: 'How the bytes travel.', type: 'a section', example: 'transport: { route: direct, limit: 200MiB/s }' },
);
