import { defineRule } from '../define-rule';

export const policyInclude = defineRule({
  kind: 'policy',
  id: 'policy-include',
  summary: 'An included file cannot be used, or says a name that another file has',
  severity: 'error',
  docs: `A policy file with \`include\` is run only when every file that it is made of is there and right. What is wrong in an included file is told in that file, where it can be mended. Here it is told once, at the item: which file, how many problems, the first of them with its line. What that file would bring counts as unknown until then, so a host that it would have is no second finding.

- **a file that is not there**, that is a folder or no text, or that may not be read. In a workspace that is not trusted, files outside of its folders are not read;
- **a circle**: files that include each other, with the way spelled out. By two ways to one file is no circle, and the file counts once;
- **one name in two files.** Nothing is silently overridden: the name of a host decides where data goes, and that of a policy stands in the tag of its holds. Only \`defaults\` are laid over each other: what the file says itself wins, then the last of its items;
- **too much**: more than 32 files, or more than 8 levels.

A file is complete downward: the hosts of its policies stand in it or in what it includes, never in what includes it. So it can be checked, shown and run by itself.`,
  check: ({ problems }) => problems.filter(({ rule }) => rule === 'policy-include'),
  examples: {
    bad: [
      {
        files: {
          'hosts.yaml': 'version: 1\nhosts:\n  prod: { ssh: root@prod }\n  vault: { shh: root@vault }\n',
        },
        text: `version: 1
include: [hosts.yaml]
#         ^^^^^^^^^^ \`hosts.yaml\` has 1 problem, so nothing of it can be used: in line 4, the host \`vault\` has no key \`shh\`
policies:
  prod-to-vault: { intent: vault, source: prod:tank/prod, target: vault:backup/prod }
`,
      },
      {
        files: {
          'hosts.yaml': 'version: 1\nhosts:\n  vault: { ssh: root@vault }\n',
          'more.yaml': 'version: 1\ninclude: [rawsend.yaml]\n',
        },
        text: `version: 1
include: [hosts.yaml, more.yaml]
#                     ^^^^^^^^^ \`rawsend.yaml\` → \`more.yaml\` → \`rawsend.yaml\` include each other in a circle
hosts:
  vault: { ssh: root@elsewhere }
# ^^^^^ the host \`vault\` is in \`hosts.yaml\` too, and one name would mean two machines
policies: {}
`,
      },
    ],
    good: [
      `version: 1
hosts:
  prod: { ssh: root@prod }
  vault: { ssh: root@vault }
policies:
  prod-to-vault: { intent: vault, source: prod:tank/prod, target: vault:backup/prod }
`,
    ],
  },
});
