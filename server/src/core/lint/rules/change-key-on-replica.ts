import { datasetKey } from '../../runbook/runbook';
import { ancestorKeys, datasetOf } from '../../runbook/dataset-use';
import type { DatasetUse } from '../../runbook/dataset-use';
import type { Invocation, Runbook } from '../../runbook/runbook';
import { commandName } from '../command-edits';
import { commandsOf } from '../commands';
import { defineRule } from '../define-rule';
import type { LintContext } from '../document';
import type { RelatedPlace } from '../finding';
import { allPolicies, coversSource, replicaKnowledge } from '../knowledge';

export const changeKeyOnReplica = defineRule({
  kind: 'runbook',
  id: 'change-key-on-replica',
  summary: 'A `zfs change-key` of a dataset that is replicated raw',
  severity: 'warning',
  docs: `
The wrapped key travels with every raw increment, dataset by dataset. A key that is changed **at the source** reaches a dataset of the target with the next
increment of that dataset: until all of one encryption root stand at the same snapshot, the root opens with the new key and the children do not.

\`\`\`text
$ echo passphrase1 | zfs load-key backup/ck
Key load error: Incorrect key provided for 'backup/ck'.
$ echo rotatedpass1 | zfs load-key backup/ck
\`\`\`

That is a replica whose source had its key changed, after its next increment. A child that was removed or excluded at the source, and is kept only at the target, is locked for good: it still needs the old key. A key that is changed **at the
target** is undone by the next increment. Measured with OpenZFS 2.3.2.

So change the key at the source, snapshot the whole tree, send an increment of every dataset, and try the new key at the target before the old one is thrown
away. A child that only the target has is saved before that: \`zfs send -w vault/child@s | zfs receive -u vault/rescue\`.
`,
  examples: {
    bad: [
      {
        text: `zfs send -w tank/prod@a | ssh vault zfs receive -u backup/prod
zfs change-key -o keyformat=passphrase tank/prod
^^^^^^^^^^^^^^ tank/prod is replicated raw
ssh vault zfs change-key backup/prod
#         ^^^^^^^^^^^^^^ backup/prod is a replica
`,
      },
    ],
    good: [
      `zfs change-key tank/home
`,
    ],
  },
  *check(runbook, context) {
    const sent = rawSends(runbook);
    for (const invocation of commandsOf(runbook, 'change-key')) {
      const [operand] = invocation.operands;
      if (!operand) continue;
      const dataset = datasetOf(operand, invocation);
      const replica = replicaKnowledge(dataset, runbook, context);
      const span = commandName(invocation);
      // With -i a child takes the key of its parent, which repairs the roots of a replica.
      if (replica && !invocation.flags['inherit']) {
        const message = `${dataset.name} is a replica ${replica.source}, and the next raw increment brings the source's key back; change the key at the source`;
        yield { span, message, related: replica.related };
        continue;
      }
      const source = replica ? undefined : replicated(dataset, sent, context);
      if (!source) continue;
      yield {
        span,
        message: `${dataset.name} is replicated raw ${source.by}: until every dataset of this encryption root is sent again the replica is torn between two keys, and children that only the vault keeps are locked; snapshot and send the whole tree right after it`,
        ...(source.related && { related: [source.related] }),
      };
    }
  },
});

interface Replicated {
  readonly by: string;
  readonly related?: RelatedPlace;
}

/** The first raw send of each dataset, by `datasetKey`. */
function rawSends({ transfers }: Runbook): ReadonlyMap<string, Invocation> {
  const sends = new Map<string, Invocation>();
  for (const { raw, source, send } of transfers) {
    const key = raw === 'yes' && source ? datasetKey(source.route, source.key) : undefined;
    if (key !== undefined && !sends.has(key)) sends.set(key, send);
  }
  return sends;
}

function replicated(
  dataset: DatasetUse,
  sent: ReadonlyMap<string, Invocation>,
  context: LintContext,
): Replicated | undefined {
  const send = ancestorKeys(dataset)
    .map((key) => sent.get(key))
    .find((found) => found !== undefined);
  if (send) return { by: 'by this document', related: { span: send.span, message: 'sent raw here' } };
  const { known } = dataset;
  const policy = allPolicies(context).find((one) => known !== undefined && one.send.raw && coversSource(one, known));
  return policy && { by: `by the policy ${policy.entry}` };
}
