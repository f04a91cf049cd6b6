import { defineRule } from '../define-rule';
import { hasRole } from '../knowledge';
import { addOption, syncoidCalls, targetName, targetRoles } from '../syncoid';

export const syncoidMounts = defineRule({
  kind: 'runbook',
  id: 'syncoid-mounts',
  summary: 'A syncoid without `u` in `--recvoptions`',
  severity: 'warning',
  docs: `
syncoid receives without \`-u\` unless it is told otherwise, so a replica is mounted as soon as it can be: with \`-p\` or \`-R\` in its send options at the mount point of the source.
A replica that was written to refuses its next increment:

\`\`\`text
cannot receive incremental stream: destination backup/prod has been modified
since most recent snapshot
\`\`\`

\`--recvoptions=u\` leaves it unmounted. Adding it is unsafe where somebody uses the target.
`,
  examples: {
    bad: [
      {
        text: `syncoid --sendoptions=w --no-rollback tank/prod root@vault:backup/prod
^^^^^^^ without u in --recvoptions backup/prod
`,
        fixed: `syncoid --recvoptions=u --sendoptions=w --no-rollback tank/prod root@vault:backup/prod
`,
      },
    ],
    good: [
      `syncoid --sendoptions=w --recvoptions="u o readonly=on" --no-rollback tank/prod root@vault:backup/prod
`,
    ],
  },
  *check(runbook, context) {
    for (const entry of syncoidCalls(runbook)) {
      if (entry.unmounted !== 'no') continue;
      if (hasRole(targetRoles(entry, runbook, context), 'standby', 'restore', 'source')) continue;
      yield {
        span: entry.call.programSpan,
        message: `without u in --recvoptions ${targetName(entry)} is mounted as soon as it can be, and a replica that was written to refuses its next increment; add --recvoptions=u`,
        fixes: addOption(entry, '--recvoptions=u', 'Add --recvoptions=u'),
      };
    }
  },
});
