import { defineRule } from '../define-rule';

export const policySchema = defineRule({
  kind: 'policy',
  id: 'policy-schema',
  summary: 'A key or value of the policy file is unknown, missing or of the wrong kind',
  severity: 'error',
  docs: `Every key that is not understood is an error, never ignored: \`intermediats: false\` or a \`guard\` in the wrong section would otherwise look like a decision and be none. A file with such a mistake is refused as a whole.

Sizes and rates need a unit (\`500GiB\`, \`200MiB/s\`; \`G\` alone is refused, because zfs reads it as 1024³ and disk labels as 1000³), and properties under \`receive.set\` are text: \`readonly: "on"\`.

What you write under \`receive.set\` and \`receive.ignore\` is added to the defaults, so that a list of your own does not silently drop \`readonly=on\` or \`-x sharenfs\`. To be rid of a default, name it: give the property another value in \`set\`, or move it from one to the other. A property in both is an error, because \`zfs receive\` refuses it ("specified multiple times").

The fix of a misspelt key is safe: the file is refused today, and the value beside the key is the author's own. The fix of a misspelt value is unsafe, because it chooses for the author.`,
  check: ({ problems }) => problems.filter(({ rule }) => rule === 'policy-schema'),
  examples: {
    bad: [
      {
        text: `version: 1
hosts:
  prod: { ssh: root@prod }
  vault: { ssh: root@vault, elevat: sudo }
  #                         ^^^^^^ the host \`vault\` has no key \`elevat\`
policies:
  prod-to-vault:
    intent: vault
    source: prod:tank/prod
    target: vault:backup/prod
    send: { raw: yes }
    #            ^^^ \`raw\` must be \`true\` or \`false\`
`,
        fixed: `version: 1
hosts:
  prod: { ssh: root@prod }
  vault: { ssh: root@vault, elevate: sudo }
policies:
  prod-to-vault:
    intent: vault
    source: prod:tank/prod
    target: vault:backup/prod
    send: { raw: true }
`,
      },
      {
        text: `version: 1
hosts:
  prod: { ssh: root@prod }
policies:
  prod-to-vault:
# ^^^^^^^^^^^^^ the policy \`prod-to-vault\` has no \`target\`
    intent: vault
    source: tank/prod
    #       ^^^^^^^^^ \`source\`: write HOST:POOL/DATASET
    guard: { maxEstimate: 500G }
    #                     ^^^^ \`maxEstimate\`: write a size
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
`,
    ],
  },
});
