import { defineRule } from '../define-rule';
import { hasRole } from '../knowledge';
import { addOption, syncoidCalls, targetName, targetRoles } from '../syncoid';

export const syncoidForce = defineRule({
  kind: 'runbook',
  id: 'syncoid-force',
  summary: 'A syncoid that may roll back or destroy its target',
  severity: 'warning',
  docs: `
By itself syncoid receives with \`-F\`: it rolls the target back to the last common snapshot, and what was taken or written there since is destroyed. \`--no-rollback\` turns that off.
\`--force-delete\` goes further: where no snapshot is common it destroys the target, with everything below it, and begins anew (jimsalterjrs/sanoid#979 tells of a pool that was lost that way).

\`\`\`text
$ zfs send -w -R -I @d tank/prod@e | zfs receive -v -u -F backup/prod
attempting destroy backup/prod@local2
\`\`\`

Where the target is a copy of the source and nothing else, say so: \`# rawsend: replica DATASET\`. \`--force-delete\` is reported all the same.
`,
  examples: {
    bad: [
      {
        text: `syncoid --sendoptions=w --recvoptions=u tank/prod root@vault:backup/prod
^^^^^^^ without --no-rollback syncoid rolls backup/prod back
`,
        fixed: `syncoid --no-rollback --sendoptions=w --recvoptions=u tank/prod root@vault:backup/prod
`,
      },
    ],
    good: [
      `syncoid --no-rollback --sendoptions=w --recvoptions=u tank/prod root@vault:backup/prod
`,
      `# rawsend: replica backup/prod
syncoid --sendoptions=w --recvoptions=u tank/prod root@vault:backup/prod
`,
    ],
  },
  *check(runbook, context) {
    for (const entry of syncoidCalls(runbook)) {
      if (entry.forceDelete) {
        yield {
          span: entry.forceDelete,
          message: `--force-delete destroys ${targetName(entry)} and everything below it when no snapshot is common; remove it, and begin anew by hand beside what is there`,
        };
        continue;
      }
      if (entry.noRollback || entry.open || hasRole(targetRoles(entry, runbook, context), 'replica', 'restore'))
        continue;
      yield {
        span: entry.call.programSpan,
        message: `without --no-rollback syncoid rolls ${targetName(entry)} back to the last common snapshot, and destroys what came after it there; add it, or declare the target a replica`,
        fixes: addOption(
          entry,
          '--no-rollback',
          'Add --no-rollback (a target with snapshots of its own is then refused)',
        ),
      };
    }
  },
});
