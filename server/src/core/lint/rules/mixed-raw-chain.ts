import { pairKey } from '../neighbours';
import type { TextEdit } from '../../text/span';
import type { Runbook } from '../../runbook/runbook';
import { commandName, insertFlag } from '../command-edits';
import { defineRule } from '../define-rule';
import type { LintContext } from '../document';
import type { Fix, Report } from '../finding';
import { encryptionOf } from '../knowledge';
import { streamPairs } from '../stream-pairs';
import type { PairedTransfer } from '../stream-pairs';

export const mixedRawChain = defineRule({
  kind: 'runbook',
  id: 'mixed-raw-chain',
  summary: 'Raw and non-raw sends of one encrypted dataset into one target',
  severity: 'error',
  docs: `
A target stays in the form in which it was begun. Every increment of a raw replica has to be raw: while its key is loaded at the target, a
non-raw increment is taken without a word, and from then on no raw one fits any more. The snapshots keep equal guids, so a list of them looks right;
what differs is \`ivsetguid\`. Measured with OpenZFS 2.3.2, where \`backup/rawdb\` was received raw:

\`\`\`text
$ zfs send -i @a tank/prod/db@b | zfs receive -u backup/rawdb
--exit 0 0--
$ zfs send -w -i @b tank/prod/db@c | zfs receive -u backup/rawdb
cannot receive incremental stream: IV set guid mismatch. See the 'zfs receive' man page section
 discussing the limitations of raw encrypted send streams.
\`\`\`

\`-F\` does not help. The other way round a raw increment is refused at once ("cannot perform raw receive on top of existing unencrypted
dataset", or the same mismatch), so the replica stops there.

Send every stream of the pair with \`-w\`. A target that was begun without it has to be received anew, raw and in full, as a new dataset. The fix
is unsafe for that reason.

Pairs are compared within a document, and with the runbooks that are linted together with it. Only a dataset that is known to be encrypted is
reported, and only sends whose flags are known.
`,
  examples: {
    bad: [
      {
        text: `zfs load-key tank/prod
zfs send -w tank/prod@a | ssh vault zfs receive -u backup/prod
zfs send -i @a tank/prod@b | ssh vault zfs receive -u backup/prod
^^^^^^^^ tank/prod is encrypted by \`zfs load-key\` in this document and goes raw to backup/prod elsewhere
`,
        fixed: `zfs load-key tank/prod
zfs send -w tank/prod@a | ssh vault zfs receive -u backup/prod
zfs send -w -i @a tank/prod@b | ssh vault zfs receive -u backup/prod
`,
      },
      {
        text: `zfs create -o encryption=on -o keyformat=passphrase tank/db
zfs send tank/db@a | zfs receive -u backup/db
zfs send -w -i @a tank/db@b | zfs receive -u backup/db
^^^^^^^^ tank/db is encrypted by \`zfs create\` in this document and goes to backup/db without -w elsewhere
`,
        fixed: `zfs create -o encryption=on -o keyformat=passphrase tank/db
zfs send -w tank/db@a | zfs receive -u backup/db
zfs send -w -i @a tank/db@b | zfs receive -u backup/db
`,
      },
    ],
    good: [
      `zfs load-key tank/prod
zfs send -w tank/prod@a | ssh vault zfs receive -u backup/prod
zfs send -w -i @a tank/prod@b | ssh vault zfs receive -u backup/prod
`,
      `zfs load-key tank/prod
zfs send -w tank/prod@a | ssh vault zfs receive -u backup/prod
zfs send tank/prod@a | ssh lab zfs receive -u scratch/prod
`,
      `zfs send -w tank/plain@a | zfs receive -u backup/plain
zfs send -i @a tank/plain@b | zfs receive -u backup/plain
`,
    ],
  },
  *check(runbook, context) {
    for (const pair of streamPairs(runbook)) {
      const change = changeOf(pair) ?? changeFromNeighbours(pair, runbook, context);
      if (change) yield* judge(change, pair, { runbook, context });
    }
  },
});

/** Where the form changes, and who began in the other one. */
interface Change {
  readonly at: PairedTransfer;
  readonly before: PairedTransfer | string;
}

function changeOf(pair: readonly PairedTransfer[]): Change | undefined {
  const [raw, plain] = [pair.findIndex((entry) => entry.raw === 'yes'), pair.findIndex((entry) => entry.raw === 'no')];
  const [at, before] = [pair[Math.max(raw, plain)], pair[Math.min(raw, plain)]];
  return raw === -1 || plain === -1 || !at || !before ? undefined : { at, before };
}

/** The send that lacks `-w` is the one to be changed, so it is reported in its own document. */
function changeFromNeighbours(
  pair: readonly PairedTransfer[],
  { path }: Runbook,
  { neighbours }: LintContext,
): Change | undefined {
  const at = pair.find((entry) => entry.raw === 'no');
  if (at?.source.known === undefined || at.target.known === undefined) return undefined;
  const said = neighbours?.pairs.get(pairKey(at.source.known, at.target.known));
  const other = said?.find((entry) => entry.path !== path && entry.raw === 'yes');
  return other && { at, before: other.path };
}

function* judge(
  { at, before }: Change,
  pair: readonly PairedTransfer[],
  { runbook, context }: { readonly runbook: Runbook; readonly context: LintContext },
): Iterable<Report> {
  const { source, target, send } = at;
  const knowledge = encryptionOf(source, runbook, context);
  if (knowledge.state !== 'encrypted') return;
  const where = typeof before === 'string' ? `in ${before}` : 'elsewhere in this document';
  const effect =
    at.raw === 'no'
      ? `goes raw to ${target.name} ${where}: after this increment without -w no raw one fits any more (IV set guid mismatch)`
      : `goes to ${target.name} without -w ${where}: zfs refuses this raw stream there`;
  yield {
    span: commandName(send),
    message: `${source.name} is encrypted ${knowledge.source} and ${effect}; send every stream of this pair with -w`,
    fixes: fixFor(pair),
    related: typeof before === 'string' ? [] : [{ span: commandName(before.send), message: 'the pair is begun here' }],
  };
}

function fixFor(pair: readonly PairedTransfer[]): readonly Fix[] {
  const edits = new Map<number, TextEdit>();
  for (const { send, raw } of pair) {
    if (raw !== 'no') continue;
    const inserted = insertFlag(send, '-w');
    if (!inserted) return [];
    // A send that is followed twice stands in the document once.
    for (const edit of inserted) edits.set(edit.span.start, edit);
  }
  const title = 'Send all of them raw (a target that was begun without -w has to be received anew)';
  return [{ title, safety: 'unsafe', edits: [...edits.values()] }];
}
