import type { Invocation, Runbook } from '../../runbook/runbook';
import { removeFlag } from '../command-edits';
import { declarationEdit } from '../declaration-edit';
import { defineRule } from '../define-rule';
import type { Fix, Report } from '../finding';
import { hasRole, rolesOf, targetOf, upstreamOf } from '../knowledge';
import { poolRootTarget } from '../pool-root';
import { saysRestore } from '../says-restore';
import type { DatasetUse } from '../../runbook/dataset-use';

export const receiveForce = defineRule({
  kind: 'runbook',
  id: 'receive-force',
  summary: 'A `zfs receive -F` into a target that nobody has declared a replica',
  severity: 'warning',
  docs: `
\`-F\` makes the target fit the stream, by destroying what does not. How much that is depends on the stream:

- an increment: snapshots of the target that are newer than the base, and everything written since;
- an increment sent with \`-R\`: all of that, **every snapshot that the source no longer has, older ones too, and every
  dataset below the target that the source does not have**. A mistaken clean-up at the source is repeated at the target;
- a full stream: the dataset that is there, when it has no snapshots.

Measured with OpenZFS 2.3.2, where the source had lost \`@b\` and never had \`extra\`:

\`\`\`text
$ zfs send -w -R -I @d tank/prod@e | zfs receive -v -u -F backup/prod
attempting destroy backup/prod@b
attempting destroy backup/prod@local2
attempting destroy backup/prod/extra
\`\`\`

The destroying comes first, so it is done even when the receive then fails for another reason. And \`-F\` does not help where
it is mostly tried: a missing base, or an encrypted stream over an existing unencrypted dataset, is refused with it as well. Only a hold
on the target's snapshot stops it.

Where the target really is a copy of the source and nothing else, say so: \`replica: true\` in its policy, or the comment
\`# rawsend: replica DATASET\` in the document, which covers what is below that dataset too. Then \`-F\` is fine. So it is where a restore is declared
(\`# rawsend: restore DATASET\`), and for a full stream in a script or function that is named for restoring. The root dataset of a pool is the
matter of \`receive-pool-root\`.
`,
  examples: {
    bad: [
      {
        text: `zfs send -w -i @a tank/prod@b | ssh vault "zfs receive -uF backup/prod"
#                                                        ^ -F rolls backup/prod back to the base
`,
        fixed: `zfs send -w -i @a tank/prod@b | ssh vault "zfs receive -u backup/prod"
`,
      },
      {
        text: `zfs send -w -R -I @a tank/prod@b | zfs receive -u -F backup/prod
#                                                 ^^ -F with an incremental -R stream makes backup/prod a mirror
`,
        fixed: `zfs send -w -R -I @a tank/prod@b | zfs receive -u backup/prod
`,
      },
    ],
    good: [
      `# rawsend: replica backup/prod
zfs send -w -R -I @a tank/prod@b | zfs receive -u -F backup/prod
`,
      `zfs send -w -i @a tank/prod@b | zfs receive -u backup/prod
`,
    ],
  },
  *check(runbook, context) {
    for (const invocation of runbook.invocations) {
      if (invocation.command?.subcommand !== 'receive') continue;
      const { flags } = invocation.command;
      if (!flags['force'] || flags['dryRun'] || flags['abort']) continue;
      // A pool's root dataset is the matter of receive-pool-root.
      if (poolRootTarget(invocation) !== undefined) continue;
      const target = targetOf(invocation, runbook);
      const isScoped = target && hasRole(rolesOf(target, runbook, context), 'replica', 'restore');
      if (!isScoped && !replacesByRestore(invocation, runbook)) yield judge(invocation, target, runbook);
    }
  },
});

/** A restore that puts a full stream in the place of a dataset without snapshots. */
const replacesByRestore = (receive: Invocation, runbook: Runbook): boolean =>
  saysRestore(receive, runbook) && streamKind(receive, runbook) === 'full';

function judge(receive: Invocation, target: DatasetUse | undefined, runbook: Runbook): Report {
  const [site] = receive.flags['force'] ?? [];
  const whole = site && !site.grouped ? site.word.span : site?.span;
  const kind = streamKind(receive, runbook);
  const name = target?.name ?? 'the target';
  return {
    span: whole ?? receive.span,
    severity: kind === 'mirror' ? 'error' : 'warning',
    message: `${EFFECTS[kind](name)}; remove -F, or ${declare(target)} if it holds nothing else`,
    fixes: [...removal(receive, runbook), ...declaration(target, runbook)],
  };
}

/** A declaration can name a dataset or a variable, nothing in between. */
const declare = (target: DatasetUse | undefined): string =>
  target && (target.known === target.name || /^\$(?:\w+|\{\w+\})$/.test(target.name))
    ? `declare \`# rawsend: replica ${target.name}\``
    : 'declare the target a replica';

/** What a stream is, as far as the document shows where it comes from. */
type StreamKind = 'mirror' | 'increment' | 'full' | 'unknown';

const EFFECTS: Readonly<Record<StreamKind, (name: string) => string>> = {
  mirror: (name) =>
    `-F with an incremental -R stream makes ${name} a mirror: it destroys every snapshot and every dataset below it that the source lacks, even when the receive then fails`,
  increment: (name) =>
    `-F rolls ${name} back to the base first: it destroys newer snapshots there and whatever was written since`,
  full: (name) => `-F lets a full stream destroy and replace ${name} when that has no snapshots`,
  unknown: (name) =>
    `-F rolls ${name} back to the base of the stream: it destroys newer snapshots and whatever was written since, and with a -R stream also every snapshot and dataset that the source lacks`,
};

function streamKind(receive: Invocation, runbook: Runbook): StreamKind {
  const sends = upstreamOf(receive, runbook);
  const [send] = sends;
  if (!send) return 'unknown';
  const increments = sends.filter(({ command }) => command?.flags['incremental'] || command?.flags['intermediates']);
  if (increments.some(({ command }) => command?.flags['replicate'])) return 'mirror';
  if (sends.some(({ unknownFlags, command }) => unknownFlags.length > 0 || command?.flags['token'])) return 'unknown';
  return increments.length > 0 ? 'increment' : 'full';
}

function removal(receive: Invocation, runbook: Runbook): readonly Fix[] {
  const edits = removeFlag(runbook.text, receive, 'force');
  return edits ? [{ title: 'Remove -F', safety: 'unsafe', edits }] : [];
}

/** Only a person can say that a target is a replica, so this is never done by itself. */
function declaration(target: DatasetUse | undefined, runbook: Runbook): readonly Fix[] {
  if (target?.known === undefined) return [];
  const edits = [declarationEdit(runbook, target.known)];
  return [{ title: `Declare ${target.known} a replica, which -F may change at will`, safety: 'unsafe', edits }];
}
