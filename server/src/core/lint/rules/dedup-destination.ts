import { datasetOf } from '../../runbook/dataset-use';
import type { DatasetUse } from '../../runbook/dataset-use';
import type { Invocation } from '../../runbook/runbook';
import type { Span } from '../../text/span';
import { commandsOf, settingsOf } from '../commands';
import { defineRule } from '../define-rule';
import { replicaKnowledge, targetOf, upstreamOf } from '../knowledge';
import type { Runbook } from '../../runbook/runbook';

export const dedupDestination = defineRule({
  kind: 'runbook',
  id: 'dedup-destination',
  summary: 'Deduplication on a raw replica',
  severity: 'warning',
  docs: `
Equal plaintext blocks are different blocks once they are encrypted, unless they belong to clones of one dataset. A raw replica therefore gains next to nothing from \`dedup=on\`, and pays
for the table: memory for every block, and a random read for every write that does not find it there. Receives get slow, and destroys of snapshots slower still.

\`\`\`text
$ zpool list -o name,dedupratio backup
NAME    DEDUP
backup  1.00x
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
    for (const invocation of commandsOf(runbook, 'set', 'create', 'receive')) {
      const places = dedupPlaces(invocation);
      const dataset = places.length > 0 ? subjectOf(invocation, runbook) : undefined;
      if (!dataset) continue;
      const receivesRaw = upstreamOf(invocation, runbook).some(({ flags }) => flags['raw']);
      if (!receivesRaw && !replicaKnowledge(dataset, runbook, context)) continue;
      for (const span of places) {
        yield {
          span,
          message: `${dataset.name} is a raw replica, and encrypted blocks are hardly ever equal: dedup saves nothing there and slows every receive; leave it off`,
        };
      }
    }
  },
});

const DEDUP = /^dedup=(?!off$)/;

function dedupPlaces(invocation: Invocation): readonly Span[] {
  const flags = settingsOf(invocation, 'property', 'set').flatMap(({ site, shown }) =>
    DEDUP.test(shown) && site.value ? [site.value.span] : [],
  );
  const operands = invocation.command?.subcommand === 'set' ? invocation.operands : [];
  return [...flags, ...operands.flatMap(({ shown, span }) => (DEDUP.test(shown) ? [span] : []))];
}

function subjectOf(invocation: Invocation, runbook: Runbook): DatasetUse | undefined {
  if (invocation.command?.subcommand === 'receive') return targetOf(invocation, runbook);
  const operand = invocation.operands.at(-1);
  return operand && datasetOf(operand, invocation);
}
