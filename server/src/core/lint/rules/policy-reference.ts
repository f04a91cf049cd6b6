import { defineRule } from '../define-rule';

export const policyReference = defineRule({
  kind: 'policy',
  id: 'policy-reference',
  summary: 'A policy names an unknown host, or replicates into itself or into another replica',
  severity: 'error',
  docs: `Five mistakes that only show when the policies of a file are read together:

- **an unknown host** before the colon of \`source\` or \`target\`;
- **a target used twice.** Each policy would find the other's snapshots in its target. Raw increments need the newest snapshot of the target to be the base, so one of the two would be refused for ever;
- **a machine twice** in the list of one policy's targets. The hold that keeps the base of a target has the tag \`rawsend:POLICY:HOST\`, so two targets on one host would share it, and each run would release the base of the other. A second policy has a tag of its own;
- **a target inside its source**, or a source inside its target, on one host. A recursive send of the source would send the replica too, and grow with every run; a receive into a parent of the source can destroy the source;
- **a circle**: policies that lead back to where the first one began. Every run would add to what the next one sends.

Two names under \`hosts\` with the same \`ssh\`, and all with \`local: true\`, count as one host. The fix of a misspelt host is unsafe, because it decides where data goes.`,
  check: ({ problems }) => problems.filter(({ rule }) => rule === 'policy-reference'),
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
    source: prd:tank/prod
    #       ^^^ there is no host \`prd\`
    target: vault:backup/prod
  home-to-vault:
    intent: vault
    source: prod:tank/home
    target: vault:backup/prod
    #       ^^^^^^^^^^^^^^^^^ \`backup/prod\` is the target of \`prod-to-vault\` too
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
  home-to-vault:
    intent: vault
    source: prod:tank/home
    target: vault:backup/prod
`,
      },
      {
        text: `version: 1
hosts:
  prod: { local: true }
policies:
  copy: { intent: vault, source: prod:tank, target: prod:tank/copy }
#                                                   ^^^^^^^^^^^^^^ the target lies within the source
`,
      },
      {
        text: `version: 1
hosts:
  a: { ssh: root@a }
  b: { ssh: root@b }
policies:
  there: { intent: vault, source: a:tank/data, target: b:tank/data }
  back: { intent: vault, source: b:tank/data, target: a:tank/data }
#                                                     ^^^^^^^^^^^ \`there\` → \`back\` replicate in a circle
`,
      },
      {
        text: `version: 1
hosts:
  prod: { ssh: root@prod }
  vault: { ssh: root@vault }
policies:
  prod-twice:
    intent: vault
    source: prod:tank/prod
    target: [vault:backup/prod, vault:archive/prod]
    #                           ^^^^^^^^^^^^^^^^^^ \`vault\` has a target of this policy already
`,
      },
    ],
    good: [
      `version: 1
hosts:
  prod: { ssh: root@prod }
  vault: { ssh: root@vault }
  offsite: { ssh: root@offsite }
policies:
  prod-everywhere:
    intent: vault
    source: prod:tank/prod
    target: [vault:backup/prod, offsite:tank/prod]
`,
      `version: 1
hosts:
  prod: { ssh: root@prod }
  vault: { ssh: root@vault }
  far: { ssh: root@far }
policies:
  prod-to-vault: { intent: vault, source: prod:tank/prod, target: vault:backup/prod }
  vault-to-far: { intent: vault, source: vault:backup/prod, target: far:backup/prod }
`,
    ],
  },
});
