import { defineRule } from '../define-rule';

export const policyForce = defineRule({
  kind: 'policy',
  id: 'policy-force',
  summary: '`receive.force: rollback` without a declared replica, or beside a retention that it overrides',
  severity: 'error',
  docs: `\`zfs receive -F\` makes room for a stream by destroying: what was written to the target since its newest snapshot, every snapshot newer than the base, and, with a \`-R\` stream, every older snapshot and every dataset that the source no longer has. It does so even when the receive then fails (OpenZFS 2.3). It does not help where the base itself is missing.

So \`force: rollback\` takes a second statement, \`replica: true\`: the target is a replica and nothing else, and there is nothing in it to lose. Without it the file is refused. The default, \`force: never\`, turns a changed target into a conflict that names what stands in the way.

\`retention.target\` beside it is a promise that cannot be kept: snapshots that the source has pruned are destroyed at the target too, whatever is to be kept there. Hold the old snapshots at the source, or do without \`rollback\`.

All fixes are unsafe: they decide what may be destroyed. Suppressing this finding does not make the file run.`,
  check: ({ problems }) => problems.filter(({ rule }) => rule === 'policy-force'),
  examples: {
    bad: [
      {
        text: `version: 1
hosts:
  prod: { ssh: root@prod }
  vault: { ssh: root@vault }
policies:
  prod-to-vault:
    intent: vault
    source: prod:tank/prod
    target: vault:backup/prod
    receive: { force: rollback }
    #                 ^^^^^^^^ \`rollback\` destroys
`,
        fixed: `version: 1
hosts:
  prod: { ssh: root@prod }
  vault: { ssh: root@vault }
policies:
  prod-to-vault:
    intent: vault
    source: prod:tank/prod
    target: vault:backup/prod
    receive: { force: never }
`,
      },
      {
        text: `version: 1
hosts:
  prod: { ssh: root@prod }
  vault: { ssh: root@vault }
policies:
  prod-to-vault:
    intent: vault
    source: prod:tank/prod
    target: vault:backup/prod
    replica: true
    receive: { force: rollback }
    retention:
      target: { keep: { daily: 90 } }
#     ^^^^^^ \`force: rollback\` makes the target mirror the source
`,
        fixed: `version: 1
hosts:
  prod: { ssh: root@prod }
  vault: { ssh: root@vault }
policies:
  prod-to-vault:
    intent: vault
    source: prod:tank/prod
    target: vault:backup/prod
    replica: true
    receive: { force: never }
    retention:
      target: { keep: { daily: 90 } }
`,
      },
    ],
    good: [
      `version: 1
hosts:
  prod: { ssh: root@prod }
  vault: { ssh: root@vault }
policies:
  prod-to-vault:
    intent: vault
    source: prod:tank/prod
    target: vault:backup/prod
    replica: true
    receive: { force: rollback }
    retention:
      source: { keep: { daily: 14 } }
`,
    ],
  },
});
