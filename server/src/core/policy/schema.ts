/**
 * The policy file as zod schemas: the only place that knows its keys, defaults and texts. Problems, hover, completion
 * and the JSON Schema are read off it. What one key means for another is checked elsewhere (`check-*.ts`).
 */
import * as z from 'zod';
import * as fields from './fields';
import { documented } from '../yaml/key-text';
import { guard } from './schema-guard';
import { hostSchema } from './schema-host';
import { receive } from './schema-receive';
import { retention } from './schema-retention';
import { schedule, window } from './schema-schedule';
import { escrow, standby } from './schema-duties';
import { keys, send, snapshots, transport } from './schema-sections';

const oneTarget = documented(fields.endpoint, {
  summary:
    'One of the targets of the policy. Each has its own hold, plan, run and proof, so one that is behind keeps its base.',
  type: '`HOST:POOL/DATASET`, with a host of `hosts` that no other target of the policy has',
  effect: 'operand of `zfs receive`; the tag of its hold is `rawsend:NAME:HOST`',
  example: '- offsite:tank/prod',
});

/** What every policy says for itself. */
const own = {
  intent: documented(z.enum(['vault', 'standby']), {
    summary: 'What the target is for. It decides which choices are refused and what is proved after a run.',
    type: '`vault` or `standby`',
    example: 'intent: vault',
    values: {
      vault: 'the target never has keys: raw only, never mounted, no key is ever loaded there',
      standby: 'keys may be loaded on the target by hand, on purpose, where `keys.load` is `manual`',
    },
  }),
  source: documented(fields.endpoint, {
    summary:
      'The dataset that is replicated. It may be the target of another policy of the file, a relay: then what has come is sent onward, and nothing is taken, set or loaded there; only holds are.',
    type: '`HOST:POOL/DATASET`, with a host of `hosts`',
    effect: 'operand of `zfs snapshot`, `zfs hold` and `zfs send`',
    example: 'source: prod:tank/prod',
  }),
  target: documented(z.union([fields.endpoint, z.array(oneTarget).min(1)]), {
    summary:
      "The dataset that becomes the replica. It must not exist yet, or be this policy's own replica. Several, each on a host of its own, get the same source one after the other: all of them are called by the policy's name, one of them `NAME:HOST`.",
    type: '`HOST:POOL/DATASET`, with a host of `hosts`, or a list of these such as `[vault:backup/prod, offsite:tank/prod]`',
    effect: 'operand of `zfs receive`; each target has its own hold, `rawsend:NAME:HOST`',
    example: 'target: vault:backup/prod',
  }),
};

/** What the policies of a file may share: everything else. */
const shared = {
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
  guard,
  retention,
  schedule,
  window,
  standby,
  escrow,
  replica: documented(z.boolean().default(false), {
    summary:
      'Declares that the target is a replica and nothing else: whatever is there and not at the source may be destroyed. `receive.force: rollback` needs it.',
    type: '`true` or `false`',
    default: 'replica: false',
    effect: 'allows `zfs receive -F`; adds no flag by itself',
    example: 'replica: true',
  }),
};

export const policySchema = documented(z.strictObject({ ...own, ...shared }), {
  summary: 'A declared replication. `intent`, `source` and `target` alone are complete: every default is the safe one.',
  type: 'a section with at least `intent`, `source` and `target`',
  example: 'prod-to-vault: { intent: vault, source: prod:tank/prod, target: vault:backup/prod }',
});

const defaultsSchema = documented(z.strictObject(shared).exactOptional(), {
  summary:
    'What all policies of this file get unless they say otherwise, key by key: anything of a policy but `intent`, `source` and `target`. A `keep`, `schedule`, `window` or list that a policy writes replaces the whole of the one here. A file that includes this one has them behind its own.',
  type: 'a section with keys of a policy, without `intent`, `source` and `target`',
  example: 'defaults: { transport: { limit: 200MiB/s } }',
});

const include = documented(
  z
    .array(
      documented(fields.includePath, {
        summary: 'One of the files that this one is made of.',
        type: 'a path relative to the folder of this file, with `/`',
        example: '- ../common/hosts.yaml',
      }),
    )
    .exactOptional(),
  {
    summary:
      'Policy files that this one is made of: it has their hosts and policies as if they were written here, and their `defaults` behind its own. What a file says itself wins, then the last file of the list. A policy keeps the defaults of the file that it is written in. An included file may have any name and is linted as what it is, a policy file. It is complete by itself, so that it names every host that its policies use or includes a file that does, and may include others; a file that is included by two ways counts once. A host or policy of one name in two files is an error, and so are files that include each other. At most 32 files are read, 8 levels deep.',
    type: 'a list of paths relative to the folder of this file',
    example: 'include: [hosts.yaml, ../common/defaults.yaml]',
  },
);

export const fileSchema = z.strictObject({
  version: documented(z.literal(1), {
    summary: 'The version of this file format.',
    type: '`1`',
    example: 'version: 1',
  }),
  include,
  hosts: documented(z.record(fields.entryName, hostSchema).exactOptional(), {
    summary: 'The hosts by the names that policies use.',
    type: 'a section with one entry for each host',
    example: 'hosts: { vault: { ssh: root@vault.example } }',
  }),
  defaults: defaultsSchema,
  policies: documented(z.record(fields.entryName, policySchema).exactOptional(), {
    summary:
      'The policies by name. The name stands in the hold tag, `rawsend:NAME:HOST`: rename it only when no run is pending.',
    type: 'a section with one entry for each policy',
    effect: '`zfs hold rawsend:NAME:HOST …`',
    example: 'policies: { prod-to-vault: { intent: vault, source: prod:tank/prod, target: vault:backup/prod } }',
  }),
});
