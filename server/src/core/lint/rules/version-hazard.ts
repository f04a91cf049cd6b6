import type { Invocation, Runbook } from '../../runbook/runbook';
import type { Span } from '../../text/span';
import { hazardOf } from '../../zfs/version-hazards';
import type { VersionHazardId } from '../../zfs/version-hazards';
import { commandName } from '../command-edits';
import { defineRule } from '../define-rule';
import type { LintContext } from '../document';
import type { Report } from '../finding';
import { encryptionOf } from '../knowledge';
import { streamPairs } from '../stream-pairs';
import type { PairedTransfer } from '../stream-pairs';

export const versionHazard = defineRule({
  kind: 'runbook',
  id: 'version-hazard',
  summary: 'A command that meets a known defect, or a missing part, of the OpenZFS release in use',
  severity: 'warning',
  docs: `
Some releases of OpenZFS get some commands wrong, or lack a permission that a document gives. Reported is what a command of the document would meet:

| releases | what | report |
| --- | --- | --- |
| before 2.2.8; 2.3.0 to 2.3.2 | sending an encrypted dataset without \`-w\` can report errors in its snapshots | openzfs/zfs#12014 |
| before 2.4.0 | no permission \`send:raw\` | openzfs/zfs#17543 |
| 2.4.0 | \`-I\` is denied to who has \`send:raw\` only | openzfs/zfs#18193 |
| before 2.4.4 | no permission \`send:encrypted\` | openzfs/zfs#18673 |
| before 2.3.2 | no permission \`receive:append\` | openzfs/zfs#16943 |
| 2.1 and later | an increment without \`-L\` after a stream with it is refused, once there are large blocks | openzfs/zfs#6224 |

What the receiver says in the last case:

\`\`\`text
cannot receive incremental stream: incremental send stream requires -L (--large-block), to match previous receive.
\`\`\`

The release is the one that the configuration declares (\`zfsVersion\`), or those of the inventories that are given; without either nothing is said. A
version such as \`2.2\` stands for the whole series: the message says so, and the exact release settles it. \`invalid-flags\` reports flags
that a release does not have.
`,
  examples: {
    bad: [
      {
        zfsVersion: '2.2.4',
        text: `zfs load-key tank/prod
zfs send tank/prod@a | zfs receive -u -o encryption=on -o keyformat=passphrase backup/prod
^^^^^^^^ tank/prod is encrypted and sent without -w: OpenZFS 2.2.4 (declared) can report errors
`,
      },
      {
        zfsVersion: '2.4.0',
        text: `zfs allow -u backup send:raw,hold tank/prod
zfs send -w -I @a tank/prod@b | ssh vault zfs receive -s -u backup/prod
^^^^^^^^ this document allows \`send:raw\` and sends with -I: OpenZFS 2.4.0 (declared) denies -I
`,
      },
      {
        zfsVersion: '2.3',
        text: `zfs allow -u backup receive:append,create,mount backup/prod
#                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^ zfs allow gives receive:append: OpenZFS 2.3 (declared), unless it is a later
`,
      },
    ],
    good: [
      `zfs allow -u backup send,hold tank/prod
zfs send -w -I @a tank/prod@b | ssh vault zfs receive -s -u backup/prod
`,
      `zfs allow -u backup receive,create,mount backup/prod
`,
    ],
  },
  *check(runbook, context) {
    const versions = declaredVersions(context);
    if (versions.length === 0) return;
    for (const { id, span, subject } of meets(runbook, context)) {
      const report = judge(id, { span, subject, versions });
      if (report) yield report;
    }
  },
});

interface Version {
  readonly version: string;
  /** Who says so. */
  readonly by: string;
}

/** Defects are mostly the kernel's. */
const declaredVersions = ({ zfsVersion, inventories = [] }: LintContext): readonly Version[] =>
  zfsVersion === undefined
    ? inventories.map(({ host, zfsVersion: { kernel } }) => ({ version: kernel, by: `in the inventory of ${host}` }))
    : [{ version: zfsVersion, by: 'declared' }];

/** A command that meets a hazard in the releases that have it. */
interface Meeting {
  readonly id: VersionHazardId;
  readonly span: Span;
  /** What the message begins with. */
  readonly subject: string;
}

function judge(
  id: VersionHazardId,
  { span, subject, versions }: Omit<Meeting, 'id'> & { readonly versions: readonly Version[] },
): Report | undefined {
  for (const { version, by } of versions) {
    const found = hazardOf(id, version);
    if (!found) continue;
    const { hazard, sure } = found;
    const release = sure
      ? `OpenZFS ${version} (${by})`
      : `OpenZFS ${version} (${by}), unless it is a later release of that series,`;
    return { span, message: `${subject}: ${release} ${hazard.effect} (${hazard.reference}); ${hazard.advice}` };
  }
  return undefined;
}

function* meets(runbook: Runbook, context: LintContext): Iterable<Meeting> {
  const rawOnly = runbook.invocations.some((entry) => permissions(entry).some((word) => word.name === 'send:raw'));
  for (const invocation of runbook.invocations) {
    for (const { name, span } of permissions(invocation)) {
      const id = PERMISSIONS.get(name);
      if (id) yield { id, span, subject: `zfs allow gives ${name}` };
    }
    const { command, flags } = invocation;
    if (command?.subcommand !== 'send' || command.flags['dryRun']) continue;
    if (rawOnly && flags['raw'] && flags['intermediates']) {
      yield {
        id: 'raw-permission-intermediates',
        span: commandName(invocation),
        subject: 'this document allows `send:raw` and sends with -I',
      };
    }
  }
  for (const { source, send, raw } of runbook.transfers) {
    if (raw !== 'no' || !source || encryptionOf(source, runbook, context).state !== 'encrypted') continue;
    yield {
      id: 'non-raw-of-encrypted',
      span: commandName(send),
      subject: `${source.name} is encrypted and sent without -w`,
    };
  }
  for (const pair of streamPairs(runbook)) yield* largeBlocks(pair);
}

const PERMISSIONS: ReadonlyMap<string, VersionHazardId> = new Map([
  ['send:raw', 'raw-permission-missing'],
  ['send:encrypted', 'encrypted-permission-missing'],
  ['receive:append', 'append-permission-missing'],
]);

/** `zfs allow` has no table: permissions are words between commas. */
function permissions({ program, verb, words }: Invocation): readonly { readonly name: string; readonly span: Span }[] {
  if (program !== 'zfs' || verb !== 'allow') return [];
  return words.flatMap(({ shown, span }) => shown.split(',').map((name) => ({ name, span })));
}

/** An increment without `-L` after a stream of the same pair with it. `-w` implies it. */
function* largeBlocks(pair: readonly PairedTransfer[]): Iterable<Meeting> {
  const first = pair.find(({ send, raw }) => raw === 'no' && send.flags['largeBlock']);
  const later = pair.slice(first ? pair.indexOf(first) : pair.length);
  const change = later.find(
    ({ send, raw, range }) =>
      raw === 'no' && range === 'increment' && !send.flags['largeBlock'] && send.unknownFlags.length === 0,
  );
  if (!change) return;
  const subject = `${change.source.name} was sent to ${change.target.name} with -L, and this increment is sent without`;
  yield { id: 'large-block-changed', span: commandName(change.send), subject };
}
