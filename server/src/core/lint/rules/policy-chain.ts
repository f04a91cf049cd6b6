import { chainReports } from '../chain-reports';
import { defineRule } from '../define-rule';
import { relayReports } from '../relay-reports';

export const policyChain = defineRule({
  kind: 'policy',
  id: 'policy-chain',
  summary: 'Policies that prune what another needs, share a hold, or make a chain that cannot go on',
  severity: 'warning',
  docs: `An increment needs its base on both sides: the newest snapshot that the target has. Each policy takes care of its own. What it cannot see is what the other policies do to the same dataset, so they are read together, also those of the other policy files that are linted or open in the workspace:

- **a base that is pruned before it is used.** A policy prunes a dataset that another one reads, be it the same source or the target of the one before in a chain. When that keeps a snapshot for a shorter time than the reader takes from run to run (\`schedule\`), nothing but the reader's hold saves its base: whoever releases that by hand makes the next run a full send;
- **two \`keep\` for one set of snapshots.** Same dataset, same prefix, different numbers: each destroys what the other is to keep;
- **a prefix that is the beginning of another** on one dataset, as \`rep-\` and \`rep-hourly-\`: the first policy prunes the snapshots of the second;
- **raw and plain in one chain.** What was received raw can only be sent plain where its key is loaded, and what was received plain has another lineage: no increment from the first source fits onto a copy of it;
- **a relay that has nothing to send.** Where the target of one policy is the source of the next, nothing is taken: what has come is sent onward, up to the newest snapshot with the \`prefix\` of the second policy that all of it has. So another prefix, children that the first policy leaves out, and a source of which the first policy brings only a part, make a chain that stands still;
- **a key at a relay.** \`keys: { load: manual }\` of the first policy lets somebody open and mount the replica in the middle, and what is written there breaks all that follows. The last of a chain may be a standby with its key;
- **one hold tag for two policies**, of two files with the same policy name, host and source: the second hold fails, and the first release takes the other's base;
- in the strict profile, **a \`keep\` that does not survive one missed run** without the hold: with a run every hour, \`daily: 14\` alone keeps of today only the newest, so the base is the first to go.

How long \`keep\` keeps a snapshot is computed for the worst case, the first of its hour, day, week, month and year. \`rawsend simulate POLICY --outage 3d@5 --without-holds\` plays it.

A hold is respected by everything that goes through zfs (OpenZFS 2.3.2):

\`\`\`text
$ zfs destroy tank/prod@a
cannot destroy snapshot tank/prod@a: it's being held. Run 'zfs holds -r tank/prod@a' to see holders.
$ zfs hold -r keep tank/prod@a
cannot hold snapshot 'tank/prod@a': tag already exists on this dataset
\`\`\`

The fixes are unsafe: they decide what is kept, or what a policy sends.`,
  check: (policy, context) => [...chainReports(policy, context), ...relayReports(policy)],
  examples: {
    bad: [
      {
        text: `version: 1
hosts:
  prod: { ssh: root@prod }
  vault: { ssh: root@vault }
  far: { ssh: root@far }
policies:
  prod-to-vault:
    intent: vault
    source: prod:tank/prod
    target: vault:backup/prod
    schedule: { every: 1h }
    retention:
      target: { keep: { hourly: 48 } }
      #         ^^^^ \`vault-to-far\` may take 7d from one run to the next and this keeps a snapshot for 2d at worst
  vault-to-far:
    intent: vault
    source: vault:backup/prod
    target: far:backup/prod
    schedule: { every: 1w }
`,
        fixed: `version: 1
hosts:
  prod: { ssh: root@prod }
  vault: { ssh: root@vault }
  far: { ssh: root@far }
policies:
  prod-to-vault:
    intent: vault
    source: prod:tank/prod
    target: vault:backup/prod
    schedule: { every: 1h }
    retention:
      target: { keep: { hourly: 48, within: 14d } }
  vault-to-far:
    intent: vault
    source: vault:backup/prod
    target: far:backup/prod
    schedule: { every: 1w }
`,
      },
      {
        text: `version: 1
hosts:
  prod: { ssh: root@prod }
  vault: { ssh: root@vault }
  far: { ssh: root@far }
policies:
  near: { intent: vault, source: prod:tank/prod, target: vault:backup/prod, retention: { source: { keep: { daily: 90 } } } }
  far: { intent: vault, source: prod:tank/prod, target: far:backup/prod, retention: { source: { keep: { hourly: 24 } } } }
#                                                                                               ^^^^ \`near\` prunes tank/prod@rep-… too
`,
      },
      {
        text: `version: 1
hosts:
  prod: { ssh: root@prod }
  vault: { ssh: root@vault }
  far: { ssh: root@far }
policies:
  near: { intent: vault, source: prod:tank/prod, target: vault:backup/prod }
  far: { intent: standby, source: vault:backup/prod, target: far:backup/prod, send: { raw: false } }
#                                                                                          ^^^^^ \`near\` brings backup/prod raw
`,
        fixed: `version: 1
hosts:
  prod: { ssh: root@prod }
  vault: { ssh: root@vault }
  far: { ssh: root@far }
policies:
  near: { intent: vault, source: prod:tank/prod, target: vault:backup/prod }
  far: { intent: standby, source: vault:backup/prod, target: far:backup/prod, send: { raw: true } }
`,
      },
      {
        text: `version: 1
hosts:
  prod: { ssh: root@prod }
  vault: { ssh: root@vault }
  far: { ssh: root@far }
policies:
  near: { intent: vault, source: prod:tank/prod, target: vault:backup/prod }
  far: { intent: vault, source: vault:backup/prod, target: far:backup/prod, snapshots: { prefix: off- } }
#                                                                                                ^^^^ \`near\` brings snapshots that begin with \`rep-\`
`,
        fixed: `version: 1
hosts:
  prod: { ssh: root@prod }
  vault: { ssh: root@vault }
  far: { ssh: root@far }
policies:
  near: { intent: vault, source: prod:tank/prod, target: vault:backup/prod }
  far: { intent: vault, source: vault:backup/prod, target: far:backup/prod, snapshots: { prefix: rep- } }
`,
      },
      {
        text: `version: 1
hosts:
  prod: { ssh: root@prod }
  vault: { ssh: root@vault }
  far: { ssh: root@far }
policies:
  near: { intent: standby, source: prod:tank/prod, target: vault:backup/prod, keys: { load: manual } }
#                                                                                           ^^^^^^ \`far\` sends backup/prod onward from vault, and a relay never has keys
  far: { intent: vault, source: vault:backup/prod, target: far:backup/prod }
`,
        fixed: `version: 1
hosts:
  prod: { ssh: root@prod }
  vault: { ssh: root@vault }
  far: { ssh: root@far }
policies:
  near: { intent: standby, source: prod:tank/prod, target: vault:backup/prod, keys: { load: never } }
  far: { intent: vault, source: vault:backup/prod, target: far:backup/prod }
`,
      },
    ],
    good: [
      `version: 1
hosts:
  prod: { ssh: root@prod }
  vault: { ssh: root@vault }
  far: { ssh: root@far }
policies:
  prod-to-vault:
    intent: vault
    source: prod:tank/prod
    target: vault:backup/prod
    schedule: { every: 1h }
    retention:
      source: { keep: { within: 2d, daily: 14 } }
      target: { keep: { within: 14d, daily: 90 } }
  vault-to-far:
    intent: vault
    source: vault:backup/prod
    target: far:backup/prod
    schedule: { cron: "0 3 * * sun" }
`,
    ],
  },
});
