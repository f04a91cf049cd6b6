import { defineRule } from '../define-rule';

export const policySyntax = defineRule({
  kind: 'policy',
  id: 'policy-syntax',
  summary: 'The policy file is not valid YAML',
  severity: 'error',
  docs: `A policy file is one YAML 1.2 document. What cannot be read cannot be planned, so a file with such a mistake is refused as a whole: no policy of it is run until the mistake is gone.

Only the first mistake of a line is told, and nothing is said about keys and values in the host or policy that holds it, because the rest usually follows from it. The other hosts and policies are checked as ever.

Beyond YAML itself this rule refuses

- a key that stands twice in one section, because readers disagree about which one counts;
- an alias without an anchor before it, one that stands within what it refers to, and aliases that multiply into more than any policy needs;
- tags, a second document, nesting deeper than 40 levels, and files over 1 MB.

In YAML 1.2 \`on\`, \`off\`, \`yes\` and \`no\` are plain text; only \`true\` and \`false\` are not.`,
  check: ({ problems }) => problems.filter(({ rule }) => rule === 'policy-syntax'),
  examples: {
    bad: [
      {
        text: `version: 1
hosts:
  prod: { ssh: "root@prod }
  #            ^^^^^^^^^^^^ this quote is never closed
policies: {}
`,
      },
      {
        text: `version: 1
hosts: { prod: { ssh: root@prod, ssh: root@other } }
#                                ^^^ \`ssh\` stands here twice
policies: {}
`,
      },
      {
        text: `version: 1
hosts: { prod: *server }
#              ^^^^^^^ there is no anchor \`&server\` before this alias
policies: {}
`,
      },
    ],
    good: [
      `version: 1
hosts:
  prod: { ssh: root@prod }
  vault: &vault { ssh: root@vault }
  mirror: *vault
policies: {}
`,
    ],
  },
});
