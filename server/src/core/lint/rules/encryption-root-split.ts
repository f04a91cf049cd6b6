import { ancestorKeys, datasetOf } from '../../runbook/dataset-use';
import type { DatasetUse } from '../../runbook/dataset-use';
import { datasetKey } from '../../runbook/runbook';
import type { Invocation, Runbook } from '../../runbook/runbook';
import type { Transfer } from '../../runbook/transfers';
import { commandName } from '../command-edits';
import { defineRule } from '../define-rule';
import type { LintContext } from '../document';
import type { Report } from '../finding';
import { encryptionOf, hasRole, rolesOf } from '../knowledge';
import { ranIn } from '../loop-values';
import { sourceUse, syncoidCalls } from '../syncoid';

export const encryptionRootSplit = defineRule({
  kind: 'runbook',
  id: 'encryption-root-split',
  summary: 'Raw sends, dataset by dataset, of a tree that shares one key',
  severity: 'warning',
  docs: `
A dataset that is received by a stream of its own becomes its own encryption root at the target, also where it inherits its key at the source. The data
is all there and opens with the same passphrase, but each dataset then has to be unlocked by itself, and a key that is changed at the source
reaches them one at a time. OpenZFS 2.3.2, parent and child sent one after the other, without \`-R\`:

\`\`\`text
NAME           PROPERTY        VALUE          SOURCE
backup/nop     encryptionroot  backup/nop     -
backup/nop/db  encryptionroot  backup/nop/db  -
\`\`\`

\`syncoid -r\` does the same: it sends each dataset below by itself.

Nothing is lost, and it can be repaired: the next \`zfs send -w -R -I\` over the whole tree gives the target the source's shape, some kilobytes if
everything has arrived before; so does \`zfs change-key -i DATASET\` at the target, which needs the key there. Or send the tree with \`-R\` from the start.

Nothing is said of increments, which leave the roots as they are; of a document that also sends the tree with \`-R\` or has \`change-key -i\`; of datasets
that are known to have a key of their own or to be unencrypted; nor of one dataset without its parent.
`,
  examples: {
    bad: [
      {
        text: `for ds in $(zfs list -H -o name -r tank/prod); do
  zfs send -w "$ds@a" | ssh vault zfs receive -u "backup/\${ds#*/}"
# ^^^^^^^^ each dataset that is sent raw by itself becomes its own encryption root
done
`,
      },
      {
        text: `zfs send -w tank/prod@a | zfs receive -u backup/prod
zfs send -w tank/prod/db@a | zfs receive -u backup/prod/db
^^^^^^^^ tank/prod/db is sent raw by itself
`,
      },
      {
        text: `syncoid -r --sendoptions=w --recvoptions=u tank/prod vault:backup/prod
^^^^^^^ syncoid -r sends each dataset below
`,
      },
    ],
    good: [
      `zfs send -w -R tank/prod@a | ssh vault zfs receive -u backup/prod
`,
      `zfs send -w tank/prod@a | zfs receive -u backup/prod
zfs send -w tank/prod/db@a | zfs receive -u backup/prod/db
zfs send -w -R -I @a tank/prod@b | zfs receive -u backup/prod
`,
      `zfs send -w tank/www@a | zfs receive -u backup/www
zfs send -w tank/db@a | zfs receive -u backup/db
`,
      `syncoid --sendoptions=w --recvoptions=u tank/prod vault:backup/prod
`,
    ],
  },
  *check(runbook, context) {
    if (isRepaired(runbook)) return;
    yield* aloneInTree(runbook, context);
    for (const entry of syncoidCalls(runbook)) {
      const { call, recursive, raw } = entry;
      if (!recursive || raw !== 'yes' || encryptionOf(sourceUse(entry), runbook, context).state === 'unencrypted')
        continue;
      const message = `syncoid -r sends each dataset below by itself, so each becomes its own encryption root at the target, ${ADVICE}`;
      yield { span: call.programSpan, message };
    }
  },
});

function* aloneInTree(runbook: Runbook, context: LintContext): Iterable<Report> {
  const alone = runbook.transfers.filter(isAlone);
  if (alone.length === 0) return;
  const sources = new Set(alone.map(({ source }) => keyOf(source)));
  const ownRoots = rootsIn(context);
  const listsTree = runbook.invocations.some((invocation) => isTreeList(invocation, runbook, context));
  for (const transfer of alone) {
    const { source, send } = transfer;
    const [, ...above] = ancestorKeys(source);
    if (ownRoots.has(source.name) || isExcepted(transfer, runbook, context)) continue;
    if (above.some((key) => sources.has(key))) {
      const what = `${source.name} is sent raw by itself, so at the target it becomes its own encryption root beside that of its parent`;
      yield finding(send, what);
    } else if (listsTree && variesInLoop(transfer, runbook)) {
      yield finding(send, 'each dataset that is sent raw by itself becomes its own encryption root at the target');
    }
  }
}

const ADVICE =
  'unless it has a key of its own; send the tree with -R, or repair it afterwards by one -R -I stream over the whole tree';

const finding = (send: Invocation, what: string): Report => ({
  span: commandName(send),
  message: `${what}, ${ADVICE}`,
});

/** A raw stream of one dataset from its beginning, into a target. */
type Alone = Transfer & { readonly source: DatasetUse; readonly target: DatasetUse };

const isAlone = (transfer: Transfer): transfer is Alone =>
  transfer.raw === 'yes' &&
  transfer.range === 'full' &&
  transfer.tree === 'no' &&
  transfer.source !== undefined &&
  transfer.target !== undefined &&
  !transfer.receive?.command?.flags['dryRun'];

const keyOf = ({ route, key }: DatasetUse): string => datasetKey(route, key);

/** One raw stream over a tree puts the roots right, as does `change-key -i`. */
const isRepaired = ({ transfers, invocations }: Runbook): boolean =>
  transfers.some(({ raw, tree }) => raw === 'yes' && tree !== 'no') ||
  invocations.some(({ command }) => command?.subcommand === 'change-key' && command.flags['inherit'] === true);

/** A dataset that has a key of its own, or none, and one that is restored. */
function isExcepted({ source, target }: Alone, runbook: Runbook, context: LintContext): boolean {
  // Only an encryption root is created with, or loads, a key of its own.
  if (runbook.encryption.has(keyOf(source)) && source.known?.includes('/')) return true;
  if (encryptionOf(source, runbook, context).state === 'unencrypted') return true;
  return hasRole(rolesOf(target, runbook, context), 'restore') !== undefined;
}

const rootsIn = ({ inventories = [] }: LintContext): ReadonlySet<string> =>
  new Set(
    inventories.flatMap(({ datasets }) =>
      datasets.flatMap(({ name, encryptionRoot }) => (encryptionRoot === name ? name : [])),
    ),
  );

/** `zfs list -r` of datasets, and of all there are. */
function isTreeList(invocation: Invocation, runbook: Runbook, context: LintContext): boolean {
  const { command, flags, operands } = invocation;
  if (command?.subcommand !== 'list' || invocation.program !== 'zfs') return false;
  const types = String(command.flags['types'] ?? 'filesystem');
  if (/snap|bookmark|all/.test(types) || !(flags['recursive'] || flags['depth'] || operands.length === 0)) return false;
  const [root] = operands;
  return !root || encryptionOf(datasetOf(root, invocation), runbook, context).state !== 'unencrypted';
}

const isList = ({ command }: Invocation): boolean => command?.subcommand === 'list';

/** The name of the dataset is another one at each turn, as the loop's own name is that goes over a list. */
function variesInLoop({ source, send }: Alone, { origins }: Runbook): boolean {
  const loop = send.site.loops.at(-1);
  if (!loop || source.known !== undefined) return false;
  return Array.from(source.key.matchAll(/#\d+(?::\w+)?/g), ([identity]) => origins.get(identity)).some(
    (origin) => !origin || ranIn(origin, loop) || origin.invocations.some(isList),
  );
}
