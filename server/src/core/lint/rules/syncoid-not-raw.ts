import { defineRule } from '../define-rule';
import { encryptionOf } from '../knowledge';
import { addOption, sourceName, sourceUse, syncoidCalls } from '../syncoid';

export const syncoidNotRaw = defineRule({
  kind: 'runbook',
  id: 'syncoid-not-raw',
  summary: 'A syncoid without `w` in `--sendoptions`',
  severity: 'warning',
  docs: `
syncoid sends what \`zfs send\` sends by default, and that is plaintext: a source whose key is loaded is decrypted, and the target is an unencrypted dataset, or one with a key of its own.
There is no warning. \`--sendoptions=w\` makes the streams raw.

\`\`\`text
$ zfs send tank/prod/db@a | zfs receive -u backup/db_plain; zfs list -o name,encryption backup/db_plain
NAME             ENCRYPTION
backup/db_plain  off
\`\`\`

Adding it is unsafe: a target that was received without it refuses raw increments, so the chain has to be started again. A source that is known to be unencrypted is silent, and so are
options that are in a variable.
`,
  examples: {
    bad: [
      {
        text: `syncoid -r tank/prod root@vault:backup/prod
^^^^^^^ nothing says whether tank/prod is encrypted
`,
        fixed: `syncoid --sendoptions=w -r tank/prod root@vault:backup/prod
`,
      },
    ],
    good: [
      `# rawsend: replica backup/prod
syncoid --sendoptions=w --recvoptions=u tank/prod root@vault:backup/prod
`,
    ],
  },
  *check(runbook, context) {
    for (const entry of syncoidCalls(runbook)) {
      if (entry.raw !== 'no') continue;
      const knowledge = encryptionOf(sourceUse(entry), runbook, context);
      if (knowledge.state === 'unencrypted') continue;
      const [what, effect] =
        knowledge.state === 'encrypted'
          ? [`${sourceName(entry)} is encrypted ${knowledge.source}`, 'this sends it in the clear']
          : [`nothing says whether ${sourceName(entry)} is encrypted`, 'if it is, this sends it in the clear'];
      yield {
        span: entry.call.programSpan,
        message: `${what}, and ${effect}; add --sendoptions=w`,
        related: knowledge.related,
        fixes: addOption(
          entry,
          '--sendoptions=w',
          'Add --sendoptions=w (a target that was received without it refuses raw increments)',
        ),
      };
    }
  },
});
