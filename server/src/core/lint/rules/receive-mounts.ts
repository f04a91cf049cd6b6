import { datasetKey, mayHold } from '../../runbook/runbook';
import type { Invocation, Runbook } from '../../runbook/runbook';
import { commandName, insertFlag } from '../command-edits';
import { defineRule } from '../define-rule';
import type { LintContext } from '../document';
import type { Report } from '../finding';
import { hasRole, rolesOf, sourcesOf, targetOf } from '../knowledge';
import { saysRestore } from '../says-restore';
import { propertyFlag } from '../travelling-properties';
import { volumeTest } from '../volumes';
import { ancestorKeys, datasetOf } from '../../runbook/dataset-use';
import type { DatasetUse } from '../../runbook/dataset-use';

export const receiveMounts = defineRule({
  kind: 'runbook',
  id: 'receive-mounts',
  summary: 'A `zfs receive` without `-u`, which mounts what arrives',
  severity: 'warning',
  docs: `
Without \`-u\`, \`zfs receive\` mounts each file system as soon as it has arrived, if it can be mounted: every unencrypted
one, and every encrypted one whose key is loaded. A raw replica without a key stays unmounted only by luck of the moment.

Two things go wrong with a mounted replica. Reading it read-write changes it (even by access times), and the next
increment is refused:

\`\`\`text
cannot receive incremental stream: destination backup/prod has been modified
since most recent snapshot
\`\`\`

And a stream that was sent with \`-R\` or \`-p\` carries the source's \`mountpoint\`. Received on a host where that directory
is in use, the copy is mounted over the live data, with exit status 0; hence the error:

\`\`\`text
NAME         PROPERTY    VALUE      RECEIVED   SOURCE
backup/prod  mountpoint  /srv/prod  /srv/prod  received
\`\`\`

\`-u\` acts once. To keep a replica unmounted at the next import too, receive it with \`-o mountpoint=none\` as well, which the
whole tree inherits; \`-o canmount=off\` covers the top dataset only, so it does not count for a \`-R\` stream here.

Adding \`-u\` is safe where a policy or a \`# rawsend: replica DATASET\` comment says that the target is a replica, and unsafe
elsewhere, because somebody may use what is mounted. Nothing is said of \`-n\`, \`-A\` and \`-c\`, of volumes, of a target that the document mounts
or unlocks itself, of a policy's standby, nor of a restore: into a policy's source, declared by \`# rawsend: restore DATASET\` (or
\`standby\`), or in a script, a function or a target whose name says restore.
`,
  examples: {
    bad: [
      {
        text: `zfs send -w tank/prod@a | ssh vault zfs receive backup/prod
#                                   ^^^^^^^^^^^ without -u backup/prod is mounted
`,
        fixed: `zfs send -w tank/prod@a | ssh vault zfs receive -u backup/prod
`,
      },
      {
        text: `# rawsend: replica backup/prod
zfs send -w -R tank/prod@a | zfs recv -o canmount=off backup/prod
#                            ^^^^^^^^ the stream carries the source's mountpoints (-R)
`,
        fixed: `# rawsend: replica backup/prod
zfs send -w -R tank/prod@a | zfs recv -u -o canmount=off backup/prod
`,
      },
    ],
    good: [
      `zfs send -w -R tank/prod@a | ssh vault zfs receive -u backup/prod
`,
      `zfs send -w -R tank/prod@a | zfs receive -o mountpoint=none backup/prod
`,
      `# rawsend: restore tank/prod
ssh vault zfs send -w backup/prod@a | zfs receive tank/prod
`,
      `zfs receive tank/copy < /srv/copy.zfs && zfs mount tank/copy
`,
    ],
  },
  *check(runbook, context) {
    const uses = usesOf(runbook);
    const isVolume = volumeTest(runbook, context);
    for (const invocation of runbook.invocations) {
      if (invocation.command?.subcommand !== 'receive') continue;
      const { flags } = invocation.command;
      if (flags['noMount'] || flags['dryRun'] || flags['abort'] || flags['corrective']) continue;
      yield* judge(invocation, { runbook, context, uses, isVolume });
    }
  },
});

/** What a receive is judged by. */
interface Surroundings {
  readonly runbook: Runbook;
  readonly context: LintContext;
  /** The datasets that the document mounts or unlocks, with those above, by `datasetKey`. */
  readonly uses: ReadonlySet<string>;
  readonly isVolume: ReturnType<typeof volumeTest>;
}

function* judge(receive: Invocation, { runbook, context, uses, isVolume }: Surroundings): Iterable<Report> {
  const target = targetOf(receive, runbook);
  if (!target || isVolume(target) || sourcesOf(receive, runbook).some(isVolume)) return;
  const roles = rolesOf(target, runbook, context);
  if (hasRole(roles, 'standby', 'restore', 'source')) return;
  if (saysRestore(receive, runbook) || uses.has(datasetKey(target.route, target.key))) return;
  const travels = propertyFlag(receive, runbook);
  if (staysUnmounted(receive, travels === '-R')) return;
  const unknownFlags = mayHold(receive, 'noMount');
  // With flags unknown, only the grave case is worth a word: a correct script looks the same otherwise.
  if (unknownFlags.length > 0 && travels === undefined) return;
  const edits = unknownFlags.length === 0 ? insertFlag(receive, '-u') : undefined;
  const replica = hasRole(roles, 'vault', 'replica');
  yield {
    span: commandName(receive),
    message: messageFor(target, travels, unknownFlags),
    severity: travels !== undefined && unknownFlags.length === 0 ? 'error' : 'warning',
    ...(edits && { fixes: [{ title: 'Add -u', safety: replica ? 'safe' : 'unsafe', edits }] }),
  };
}

function messageFor(target: DatasetUse, travels: string | undefined, unknownFlags: readonly string[]): string {
  const holder = unknownFlags.join(' or ');
  const advice = holder === '' ? 'add -u' : `write -u here, unless ${holder} is sure to hold it`;
  if (travels !== undefined) {
    return `the stream carries the source's mountpoints (${travels}), and without -u ${target.name} may be mounted over live directories of this host; ${advice}`;
  }
  return `without -u ${target.name} is mounted as soon as it can be, and a replica that was written to refuses its next increment; ${advice}`;
}

/** Properties set by the receive itself; canmount is not inherited, mountpoint is. */
function staysUnmounted(receive: Invocation, isTree: boolean): boolean {
  const settings = (receive.flags['set'] ?? []).map((flag) => flag.value?.shown ?? '');
  const unmountable = isTree
    ? /^mountpoint=(?:none|legacy)$/
    : /^(?:mountpoint=(?:none|legacy)|canmount=(?:off|noauto))$/;
  return settings.some((setting) => unmountable.test(setting));
}

const USES: ReadonlySet<string> = new Set(['mount', 'load-key']);

/** Whoever mounts or unlocks a dataset in the same document wants to use it there. */
function usesOf({ invocations }: Runbook): ReadonlySet<string> {
  const keys = new Set<string>();
  for (const invocation of invocations) {
    const [operand] = invocation.operands;
    const isUse = USES.has(invocation.command?.subcommand ?? '') && !invocation.command?.flags['dryRun'];
    if (operand && isUse) for (const key of ancestorKeys(datasetOf(operand, invocation))) keys.add(key);
  }
  return keys;
}
