import { defineRule } from '../define-rule';

export const policyNames = defineRule({
  kind: 'policy',
  id: 'policy-names',
  summary: 'A name that ZFS refuses, that would grow too long, or that does not sort by time',
  severity: 'error',
  docs: `zfs looks at a name when it makes the thing, which may be in the middle of the night and half way through a tree. So the file is refused for

- **datasets** (\`source\`, \`target\`, \`exclude\`) with a character that ZFS does not take, an empty part, \`.\` or \`..\`, a pool name that begins like a vdev, or more than 255 characters;
- **a snapshot or bookmark** where a dataset is meant: a policy takes its own snapshots;
- **snapshot names that grow too long**: the dataset, \`@\`, \`snapshots.prefix\` and the time are held to 255 characters together, and a bookmark has the same name. Children have longer names than the source, which this file does not show: where an inventory is known, \`policy-live\` counts them too, and a plan refuses them;
- **a prefix with a time in it**, such as \`rep-%Y-%m-%d\` or \`rep-YYYYMMDD\`. A time is added to every prefix: in UTC, from the year down to the second, so that names sort as text in the order in which they were taken. Any other order or a local time would not, and in the night when summer time ends two names would be the same;
- **names of policies and hosts** that do not fit into the hold tag \`rawsend:POLICY:HOST\`. ZFS takes tags of 255 bytes; policies and hosts have at most 64 characters each, so that the tag, file names and arguments all take them.

What ZFS says to some of them (OpenZFS 2.3.2):

\`\`\`text
$ zfs snapshot tank/prod@now@rep-1
cannot create snapshot 'tank/prod@now@rep-1': multiple '@' and/or '#' delimiters in name
$ zfs create tank//prod
cannot create 'tank//prod': empty component or misplaced '@' or '#' delimiter in name
$ zfs snapshot tank/prod@rep-%Y
cannot create snapshot 'tank/prod@rep-%Y': invalid character % in name
\`\`\`

The fixes are unsafe, because another name is another dataset.`,
  check: ({ problems }) => problems.filter(({ rule }) => rule === 'policy-names'),
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
    source: prod:tank/prod@now
    #       ^^^^^^^^^^^^^^^^^^ \`source\`: name the dataset, not a snapshot
    target: vault:backup//prod
    #       ^^^^^^^^^^^^^^^^^^ \`target\`: zfs refuses the dataset \`backup//prod\`
    snapshots: { prefix: rep-%Y-%m-%d }
    #                    ^^^^^^^^^^^^ \`prefix\`: \`%Y\` stands for no time here
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
    snapshots: { prefix: rep- }
`,
      },
      {
        text: `version: 1
hosts:
  prod: { ssh: root@prod }
  vault: { ssh: root@vault }
policies:
  prod to vault: { intent: vault, source: prod:tank/prod, target: vault:backup/prod }
# ^^^^^^^^^^^^^ \`prod to vault\` cannot be a name here: it stands in the hold tag
  home: { intent: vault, source: prod:tank/home, target: vault:mirror/home }
#                                                        ^^^^^^^^^^^^^^^^^ \`target\`: zfs refuses the dataset
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
    target: vault:backup/prod.2026
    snapshots: { prefix: "rep_hourly:" }
`,
    ],
  },
});
