import { defineRule } from '../define-rule';
import type { Report } from '../finding';
import { encryptionOf, hasRole, rolesOf, sourcesOf, targetOf, upstreamOf } from '../knowledge';
import { poolRootTarget } from '../pool-root';
import { datasetOf } from '../../runbook/dataset-use';
import type { Invocation, Runbook } from '../../runbook/runbook';
import type { LintContext } from '../document';

export const receivePoolRoot = defineRule({
  kind: 'runbook',
  id: 'receive-pool-root',
  summary: 'A `zfs receive -F` into the root dataset of a pool',
  severity: 'error',
  docs: `
The root dataset of a pool cannot be destroyed or replaced, and every other dataset of the pool lies below it. A forced receive there does one of two
things, and neither is what was meant:

- a raw stream of an encrypted dataset is refused, whatever \`-F\` says, because the pool's root dataset exists and is not that one;
- any other stream rolls the root back, and with \`-R\` it destroys **whatever else the pool holds** that the source does not have.

Measured with OpenZFS 2.3.2, where \`-F\` met a dataset that was there already:

\`\`\`text
$ zfs send -w tank/prod/db@a | zfs receive -u -F backup/empty
cannot receive new filesystem stream: zfs receive -F cannot be used to destroy an encrypted filesystem or
overwrite an unencrypted one with an encrypted one
\`\`\`

Receive into a dataset below the pool. \`-d POOL\` and \`-e POOL\` do so by themselves: they make the target's name from the one that was sent.

Nothing is said of a pool that is declared a replica (\`# rawsend: replica POOL\`), of a pool that the document
creates, which is empty, of \`-n\`, nor of a target whose name is not known.
`,
  examples: {
    bad: [
      {
        text: `zfs send -w -R tank/prod@a | ssh vault zfs receive -u -F backup
#                                                        ^^^^^^ backup is the root dataset of a pool
`,
      },
      {
        text: `zfs load-key tank/prod
zfs send -w tank/prod@a | zfs receive -uF backup
#                                         ^^^^^^ backup is the root dataset of a pool, and zfs refuses
`,
      },
    ],
    good: [
      `zfs send -w -R tank/prod@a | ssh vault zfs receive -u -F -d backup
`,
      `zfs send -w -R tank/prod@a | ssh vault zfs receive -u -e backup
`,
      `# rawsend: replica mirror
zfs send -R -i @a tank@b | zfs receive -u -F mirror
`,
    ],
  },
  *check(runbook, context) {
    const made = new Set(runbook.invocations.flatMap(createdPools));
    for (const invocation of runbook.invocations) {
      if (invocation.command?.subcommand !== 'receive') continue;
      const { flags } = invocation.command;
      if (flags['force'] && !flags['dryRun'] && !flags['abort']) yield* judge(invocation, { runbook, context, made });
    }
  },
});

interface Surroundings {
  readonly runbook: Runbook;
  readonly context: LintContext;
  /** The pools that the document creates: there is nothing to lose in those yet. */
  readonly made: ReadonlySet<string>;
}

function* judge(receive: Invocation, { runbook, context, made }: Surroundings): Iterable<Report> {
  const pool = poolRootTarget(receive);
  const [operand] = receive.operands;
  const target = targetOf(receive, runbook);
  if (pool === undefined || !operand || !target) return;
  if (hasRole(rolesOf(target, runbook, context), 'replica')) return;
  const refused = isRefused(receive, runbook, context);
  if (made.has(pool) && !refused) return;
  const effect = refused
    ? 'and zfs refuses to put an encrypted dataset in its place, with -F too'
    : 'so -F rolls back what every dataset of the pool lies below, and a -R stream destroys what else the pool holds';
  yield {
    span: operand.span,
    message: `${pool} is the root dataset of a pool, ${effect}; receive into a dataset below it, such as ${pool}/${nameOf(receive, runbook)}`,
  };
}

/** The words of a `zpool create`: its devices have other names than pools. */
const createdPools = ({ program, verb, words }: Invocation): readonly string[] =>
  program === 'zpool' && verb === 'create' ? words.slice(1).map(({ shown }) => shown) : [];

/** A full raw stream of a dataset that is known to be encrypted. */
const isRefused = (receive: Invocation, runbook: Runbook, context: LintContext): boolean =>
  upstreamOf(receive, runbook).some((send) => {
    const [sent] = send.operands;
    if (!sent || !send.flags['raw'] || send.flags['incremental'] || send.flags['intermediates']) return false;
    return encryptionOf(datasetOf(sent, send), runbook, context).state === 'encrypted';
  });

function nameOf(receive: Invocation, runbook: Runbook): string {
  const [sent] = sourcesOf(receive, runbook);
  return sent?.known?.split('/').at(-1) ?? 'replica';
}
