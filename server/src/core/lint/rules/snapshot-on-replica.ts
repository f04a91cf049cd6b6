import { datasetOf } from '../../runbook/dataset-use';
import type { DatasetUse } from '../../runbook/dataset-use';
import type { Invocation, Runbook } from '../../runbook/runbook';
import { datasetKey } from '../../runbook/runbook';
import { ancestorKeys } from '../../runbook/dataset-use';
import { commandName } from '../command-edits';
import { commandsOf } from '../commands';
import { defineRule } from '../define-rule';
import { replicaKnowledge } from '../knowledge';

export const snapshotOnReplica = defineRule({
  kind: 'runbook',
  id: 'snapshot-on-replica',
  summary: 'A snapshot taken on a raw replica',
  severity: 'warning',
  docs: `
A snapshot that was taken at the target stands in the way of the next increment: the newest snapshot there is no longer one of the source. For a raw stream even a snapshot of an
unchanged dataset is enough (OpenZFS 2.3.2):

\`\`\`text
$ zfs snapshot backup/prod@local
$ zfs send -w -i @a tank/prod@b | zfs receive -u backup/prod
cannot receive incremental stream: most recent snapshot of backup/prod does not
match incremental source
\`\`\`

People then reach for \`-F\`, which destroys it, and more. Take snapshots at the source only, and keep them longer at the target; leave replicas out of sanoid's
\`autosnap\` and of zfs-auto-snapshot.
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
    const below = replicasBelow(runbook);
    for (const invocation of commandsOf(runbook, 'snapshot')) {
      for (const operand of invocation.operands) {
        const dataset = datasetOf(operand, invocation);
        const inside = invocation.flags['recursive'] ? below.get(datasetKey(dataset.route, dataset.key)) : undefined;
        const replica = replicaKnowledge(dataset, runbook, context) ?? (inside && receivedHere(inside.receive));
        if (!replica) continue;
        const name = inside && !replicaKnowledge(dataset, runbook, context) ? inside.target.name : dataset.name;
        yield {
          span: commandName(invocation),
          message: `${name} is a replica ${replica.source}, and a snapshot of its own makes zfs refuse the next increment; take it at the source`,
          related: replica.related,
        };
        break;
      }
    }
  },
});

interface Replica {
  readonly target: DatasetUse;
  readonly receive: Invocation;
}

const receivedHere = ({ span }: Invocation) => ({
  source: 'by the raw receive in this document',
  related: [{ span, message: 'raw streams are received here' }],
});

/** The replicas of the document by the datasets above them. */
function replicasBelow({ transfers }: Runbook): ReadonlyMap<string, Replica> {
  const below = new Map<string, Replica>();
  for (const { raw, target, receive } of transfers) {
    if (raw !== 'yes' || !target || !receive) continue;
    for (const key of ancestorKeys(target).slice(1)) if (!below.has(key)) below.set(key, { target, receive });
  }
  return below;
}
