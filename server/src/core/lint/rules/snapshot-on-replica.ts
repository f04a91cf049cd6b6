import { datasetOf } from '../../runbook/dataset-use';
import { autosnaps } from '../autosnap';
import { commandName } from '../command-edits';
import { commandsOf } from '../commands';
import { defineRule } from '../define-rule';
import { createReplicaFinder } from '../replicas-below';

export const snapshotOnReplica = defineRule({
  kind: 'runbook',
  id: 'snapshot-on-replica',
  summary: 'A snapshot taken on a raw replica',
  severity: 'warning',
  docs: `
A snapshot that was taken at the target stands in the way of the next increment: the newest snapshot there is none of the source's. It is enough that it exists, nothing in the
dataset need have changed (OpenZFS 2.3.2, with \`backup/prod@local\` taken after \`@c\` had arrived):

\`\`\`text
$ zfs send -w -i @c tank/prod@d | zfs receive -u backup/prod
cannot receive incremental stream: destination backup/prod has been modified
since most recent snapshot
\`\`\`

People then reach for \`-F\`, which destroys it, and more. Take snapshots at the source only, and keep them longer at the target; leave replicas out of sanoid's
\`autosnap\` and of zfs-auto-snapshot.

Found are \`zfs snapshot\`, calls of zfs-auto-snapshot that name the replica, \`com.sun:auto-snapshot=true\` on it, and \`autosnap = yes\` in a \`sanoid.conf\` that the script writes.
`,
  examples: {
    bad: [
      {
        text: `zfs send -w tank/prod@a | ssh vault zfs receive -u backup/prod
ssh vault zfs snapshot -r backup@monthly
#         ^^^^^^^^^^^^ backup/prod is a replica
`,
      },
      {
        text: `# rawsend: replica backup/prod
zfs snapshot backup/prod/db@local
^^^^^^^^^^^^ backup/prod/db is a replica
zfs set com.sun:auto-snapshot=true backup/prod
#       ^^^^^^^^^^^^^^^^^^^^^^^^^^ backup/prod is a replica by this document, and zfs-auto-snapshot
`,
      },
    ],
    good: [
      `zfs snapshot -r tank/prod@a
zfs send -w -R tank/prod@a | ssh vault zfs receive -u backup/prod
`,
    ],
  },
  *check(runbook, context) {
    const find = createReplicaFinder(runbook, context);
    for (const invocation of commandsOf(runbook, 'snapshot')) {
      for (const operand of invocation.operands) {
        const replica = find(datasetOf(operand, invocation), invocation.flags['recursive'] !== undefined);
        if (!replica) continue;
        yield {
          span: commandName(invocation),
          message: `${replica.name} is a replica ${replica.source}, and a snapshot of its own makes zfs refuse the next increment; take it at the source`,
          related: replica.related,
        };
        break;
      }
    }
    for (const { use, span, by } of autosnaps(runbook)) {
      const replica = find(use, false);
      if (!replica) continue;
      yield {
        span,
        message: `${replica.name} is a replica ${replica.source}, and ${by} will take snapshots of it, so zfs refuses the next increment; leave the replica out`,
        related: replica.related,
      };
    }
  },
});
