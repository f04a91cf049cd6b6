import { defineRule } from '../define-rule';

/** The engine finds these itself, once it knows what every other rule has found. */
export const unusedSuppression = defineRule({
  kind: 'runbook',
  id: 'unused-suppression',
  summary: 'A suppression comment that suppresses nothing, names no rule, or gives no reason',
  severity: 'warning',
  docs: `
A comment that silences a rule outlives the command it was written for. From then on it hides the next mistake at
that place, and nobody is told. So a suppression has to do something, and to say why:

- \`# rawsend-disable-next-line RULE -- reason\` covers the command on the next line
- \`# rawsend-disable-line RULE -- reason\` covers its own line
- \`# rawsend-disable RULE -- reason\` … \`# rawsend-enable RULE\` cover what is between

Several rules may be named, with commas. The comments are the same in policy files.
`,
  examples: {
    bad: [
      {
        text: `#!/bin/sh
# rawsend-disable-next-line send-not-raw -- the dataset is public
#                           ^^^^^^^^^^^^ send-not-raw finds nothing here
zfs send -w tank/public@a > /srv/public.zfs
`,
        fixed: `#!/bin/sh
zfs send -w tank/public@a > /srv/public.zfs
`,
      },
      {
        text: `zfs send tank/public@a > /srv/public.zfs # rawsend-disable-line send-not-raw
#                                        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ this suppression of send-not-raw gives no reason
`,
      },
    ],
    good: [
      `# rawsend-disable-next-line send-not-raw -- the dataset is public
zfs send tank/public@a > /srv/public.zfs
`,
    ],
  },
  check: () => [],
});
