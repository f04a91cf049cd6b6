/**
 * The policy file as zod schemas: the only place that knows its keys, defaults and texts. Problems, hover, completion
 * and the JSON Schema are read off it. What one key means for another is checked elsewhere (`check-*.ts`).
 */
import * as z from 'zod';
import * as fields from './fields';
import { documented } from '../yaml/key-text';
import { receive } from './schema-receive';
import { retention } from './schema-retention';
import { keys, send, snapshots, transport } from './schema-sections';

const guard = z.strictObject({
  maxEstimate: documented(fields.size.exactOptional(), {
    summary: 'The most that one run may send. A plan that estimates more is a conflict until you raise it.',
    type: 'a size with a unit',
    effect: 'compared with the total of `zfs send -nP …`; adds no flag',
    example: 'maxEstimate: 500GiB',
  }),
});

export const policySchema = documented(
  z.strictObject({
    intent: documented(z.enum(['vault', 'standby']), {
      summary: 'What the target is for. It decides which choices are refused and what is proved after a run.',
      type: '`vault` or `standby`',
      example: 'intent: vault',
      values: {
        vault: 'the target never has keys: raw only, never mounted, no key is ever loaded there',
        standby: 'keys may be loaded on the target by hand, on purpose',
      },
    }),
    source: documented(fields.endpoint, {
      summary: 'The dataset that is replicated.',
      type: '`HOST:POOL/DATASET`, with a host of `hosts`',
      effect: 'operand of `zfs snapshot`, `zfs hold` and `zfs send`',
      example: 'source: prod:tank/prod',
    }),
    target: documented(fields.endpoint, {
      summary: "The dataset that becomes the replica. It must not exist yet, or be this policy's own replica.",
      type: '`HOST:POOL/DATASET`, with a host of `hosts`',
      effect: 'operand of `zfs receive`',
      example: 'target: vault:backup/prod',
    }),
    recursive: documented(z.boolean().default(true), {
      summary:
        'Replicate all children too. They are included unless you say otherwise, so that none is left behind unnoticed.',
      type: '`true` or `false`',
      default: 'recursive: true',
      effect: '`zfs snapshot -r`, then one stream for each dataset of the tree',
      example: 'recursive: false',
    }),
    exclude: documented(
      z
        .array(
          documented(fields.childName, {
            summary: 'A child that is left out, with everything below it.',
            type: 'a dataset name relative to the source, such as `scratch` or `app/cache`',
            example: '- scratch',
          }),
        )
        .default([]),
      {
        summary:
          "Children that are left out, relative to the source. A child that was replicated before stays at the target, and the next change of the source's key locks it there.",
        type: 'a list of dataset names relative to the source',
        default: 'exclude: []',
        effect: 'no stream for these; `zfs send -X` where a `-R` stream is needed',
        example: 'exclude: [scratch, app/cache]',
      },
    ),
    snapshots,
    send,
    receive,
    keys,
    transport,
    guard: documented(guard.prefault({}), {
      summary: 'Limits that stop a plan before anything is sent.',
      type: 'a section',
      example: 'guard: { maxEstimate: 500GiB }',
    }),
    retention,
    replica: documented(z.boolean().default(false), {
      summary:
        'Declares that the target is a replica and nothing else: whatever is there and not at the source may be destroyed. `receive.force: rollback` needs it.',
      type: '`true` or `false`',
      default: 'replica: false',
      effect: 'allows `zfs receive -F`; adds no flag by itself',
      example: 'replica: true',
    }),
  }),
  {
    summary:
      'A declared replication. `intent`, `source` and `target` alone are complete: every default is the safe one.',
    type: 'a section with at least `intent`, `source` and `target`',
    example: 'prod-to-vault: { intent: vault, source: prod:tank/prod, target: vault:backup/prod }',
  },
);

export const hostSchema = documented(
  z
    .strictObject({
      ssh: documented(fields.sshAddress.exactOptional(), {
        summary:
          'Where the host is reached. User, port, key and known_hosts come from ~/.ssh/config where it has them.',
        type: '`user@host`, `user@host:port` or an alias of ~/.ssh/config',
        effect: 'the destination of every `ssh` to this host',
        example: 'ssh: root@vault.example',
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
    }),
  {
    summary: 'A machine that has ZFS, reached over SSH or locally.',
    type: 'a section with `ssh` or `local: true`',
    example: 'vault: { ssh: root@vault.example }',
  },
);

export const fileSchema = z.strictObject({
  version: documented(z.literal(1), {
    summary: 'The version of this file format.',
    type: '`1`',
    example: 'version: 1',
  }),
  hosts: documented(z.record(fields.entryName, hostSchema), {
    summary: 'The hosts by the names that policies use.',
    type: 'a section with one entry for each host',
    example: 'hosts: { vault: { ssh: root@vault.example } }',
  }),
  policies: documented(z.record(fields.entryName, policySchema), {
    summary:
      'The policies by name. The name stands in the hold tag, `rawsend:NAME:HOST`: rename it only when no run is pending.',
    type: 'a section with one entry for each policy',
    effect: '`zfs hold rawsend:NAME:HOST …`',
    example: 'policies: { prod-to-vault: { intent: vault, source: prod:tank/prod, target: vault:backup/prod } }',
  }),
});
