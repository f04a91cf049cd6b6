import { datasetOf } from '../../runbook/dataset-use';
import type { DatasetUse } from '../../runbook/dataset-use';
import type { ArgumentWord, Invocation, Runbook } from '../../runbook/runbook';
import { defineRule } from '../define-rule';
import { keySettings } from '../key-settings';
import { targetOf, upstreamOf } from '../knowledge';
import { createReplicaFinder } from '../replicas-below';

export const dedupDestination = defineRule({
  kind: 'runbook',
  id: 'dedup-destination',
  summary: 'Deduplication on a raw replica',
  severity: 'warning',
  docs: `
Equal plaintext blocks are different blocks once they are encrypted, unless they belong to clones of one dataset. A raw replica therefore gains next to nothing from \`dedup=on\`, and pays
for the table: an entry for every block, looked up at every write. Receives get slow, and destroys of snapshots slower still.

The property is inherited, so it counts on a dataset above the replica too. From the usage of \`zfs get\` (OpenZFS 2.3.2):

\`\`\`text
        PROPERTY              EDIT  INHERIT   VALUES
        dedup                  YES      YES   on | off | verify | sha256[,verify] | sha512[,verify] | skein[,verify] | edonr,verify | blake3[,verify]
\`\`\`

Turning it off later stops the growth only: the table stays until its blocks are rewritten. Compression happened at the source already, and costs nothing here.
`,
  examples: {
    bad: [
      {
        text: `zfs send -w tank/prod@a | zfs receive -u -o dedup=on backup/prod
#                                           ^^^^^^^^ backup/prod is a raw replica
zfs set dedup=sha512 backup/prod
#       ^^^^^^^^^^^^ backup/prod is a raw replica
`,
      },
    ],
    good: [
      `zfs set dedup=on tank/images
zfs send -w tank/prod@a | zfs receive -u -o dedup=off backup/prod
`,
    ],
  },
  *check(runbook, context) {
    const find = createReplicaFinder(runbook, context);
    for (const invocation of runbook.invocations) {
      if (invocation.command?.flags['dryRun']) continue;
      const { settings, dataset } = keySettings(invocation);
      const places = settings.filter(({ shown }) => DEDUP.test(shown));
      if (places.length === 0) continue;
      const use = subjectOf(invocation, dataset, runbook);
      const receivesRaw = upstreamOf(invocation, runbook).some(({ flags }) => flags['raw']);
      const replica = receivesRaw && use ? use : use && find(use, true);
      if (!replica) continue;
      for (const { span } of places) {
        yield {
          span,
          message: `${replica.name} is a raw replica, and encrypted blocks are hardly ever equal: dedup saves nothing there and slows every receive; leave it off`,
        };
      }
    }
  },
});

const DEDUP = /^dedup=(?!off$)/;

function subjectOf(
  invocation: Invocation,
  dataset: ArgumentWord | undefined,
  runbook: Runbook,
): DatasetUse | undefined {
  if (invocation.command?.subcommand === 'receive') return targetOf(invocation, runbook);
  return dataset && datasetOf(dataset, invocation);
}
