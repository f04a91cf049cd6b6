import type { Call, Invocation, Runbook } from '../../runbook/runbook';
import { placeCalls } from '../carried-calls';
import type { StagePlace } from '../carried-calls';
import { defineRule } from '../define-rule';
import { standsAlone } from '../stands-alone';
import type { LintContext } from '../document';
import type { Fix, Report } from '../finding';
import { createRawStreams, rawUses } from '../raw-streams';
import type { RawStream } from '../raw-streams';
import { removeStage } from '../remove-stage';
import { sshCompression } from '../ssh-compression';
import { compressorOf } from '../stream-programs';

export const layeredCompression = defineRule({
  kind: 'runbook',
  id: 'layered-compression',
  summary: 'Compression of a raw stream of encrypted data, which has nothing to shrink',
  severity: 'information',
  docs: `
A raw stream carries encrypted blocks, which look like noise to any compressor. What could be saved was saved before: ZFS compresses a block and
then encrypts it, and the stream carries it as it lies on disk.

The same files in two datasets of OpenZFS 2.3.2, both with \`compression=lz4\`, one of them encrypted:

\`\`\`text
$ zfs send -w tank/encrypted@a | wc -c
9783700
$ zfs send -w tank/encrypted@a | gzip | wc -c
9757403
$ zfs send tank/public@a | wc -c
15818256
$ zfs send tank/public@a | gzip | wc -c
6174604
\`\`\`

A quarter of a percent for a core that is busy all the while, at both ends, and mostly slower than the network. \`ssh -C\` does the same, unseen.

Leave it out. Taking \`-C\` from ssh is a safe fix. Taking out a compressor and what expands its output is an unsafe one, for another
document may have the other end. To save space, set \`compression\` on the source before the data is written.

Nothing is said of a stream that is not raw, nor of a dataset that is known to be unencrypted: there compression pays, with \`-w\` as well.
`,
  examples: {
    bad: [
      {
        text: `zfs load-key tank/prod
zfs send -w tank/prod@a | gzip -1 | ssh vault "gunzip | zfs receive -u backup/prod"
#                         ^^^^ gzip finds nothing to shrink
`,
        fixed: `zfs load-key tank/prod
zfs send -w tank/prod@a | ssh vault "zfs receive -u backup/prod"
`,
      },
      {
        text: `zfs send -w -R tank/prod@a | ssh -C vault zfs receive -u backup/prod
#                                ^^ if tank/prod is encrypted, ssh -C finds nothing to shrink
`,
        fixed: `zfs send -w -R tank/prod@a | ssh vault zfs receive -u backup/prod
`,
      },
      {
        text: `zfs send -w tank/prod@a | xz -T0 > /mnt/usb/prod.zfs.xz
#                         ^^ if tank/prod is encrypted, xz finds nothing to shrink
`,
      },
    ],
    good: [
      `zfs send tank/public@a | gzip | ssh mirror "gunzip | zfs receive -u pool/public"
`,
      `zfs create -o encryption=off tank/public
zfs send -w tank/public@a | zstd | ssh -C mirror 'zstd -d | zfs receive -u pool/public'
`,
      `zfs send -w tank/prod@a | ssh vault "zfs receive -u backup/prod && zfs list -H -o name | gzip > /srv/list.gz"
`,
    ],
  },
  *check(runbook, context) {
    const mayCompress = (call: Call): boolean =>
      compressorOf(call)?.expands === false || sshCompression(call, runbook.text) !== undefined;
    if (!runbook.calls.some(mayCompress)) return;
    const places = placeCalls(runbook);
    const uses = rawUses(runbook, context, places);
    const expanders = pairExpanders(runbook, new Set(uses.map(({ call }) => call)));
    for (const { call, stream } of [...uses, ...wrappedBySsh(runbook, context)]) {
      const compressor = compressorOf(call);
      if (compressor && !compressor.expands) {
        const ends = [call, expanders.get(call)].map((end) => end && places.get(end));
        yield { ...toReport(call.name, stream), span: call.programSpan, fixes: bothEnds(ends, runbook.text) };
      }
      const ssh = sshCompression(call, runbook.text);
      if (ssh) {
        const fix: Fix = { title: `Remove ${ssh.flag}`, safety: 'safe', edits: ssh.edit ? [ssh.edit] : [] };
        yield { ...toReport(`ssh ${ssh.flag}`, stream), span: ssh.span, fixes: ssh.edit ? [fix] : [] };
      }
    }
  },
});

function toReport(program: string, { dataset, source, related }: RawStream): Omit<Report, 'span'> {
  const effect = `${program} finds nothing to shrink`;
  const cost = 'only costs time at both ends; leave it out';
  if (source === undefined) return { message: `if ${dataset} is encrypted, ${effect} in this raw stream and ${cost}` };
  return { message: `${effect} in a raw stream of ${dataset}, which is encrypted ${source}, and ${cost}`, related };
}

/** `ssh -C host 'zfs send …'`: ssh commands that hold the send or the receive of a raw stream. */
function wrappedBySsh(runbook: Runbook, context: LintContext): readonly { call: Call; stream: RawStream }[] {
  const streamOf = createRawStreams(runbook, context);
  const ends = runbook.transfers
    .flatMap(({ send, receive }) => [{ at: send, send }, ...(receive ? [{ at: receive, send }] : [])])
    .toSorted((a, b) => a.at.span.start - b.at.span.start);
  return runbook.calls.flatMap((call) => {
    if (!sshCompression(call, runbook.text)) return [];
    const end = firstWithin(ends, call);
    const stream = end && streamOf(end.send);
    return stream ? [{ call, stream }] : [];
  });
}

interface StreamEnd {
  readonly at: Invocation;
  readonly send: Invocation;
}

function firstWithin(ends: readonly StreamEnd[], { span, input }: Call): StreamEnd | undefined {
  const last = Math.max(span.end, input?.text.at(-1)?.span.end ?? 0);
  let [low, high] = [0, ends.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ends[middle]?.at.span.start ?? 0) < span.start) low = middle + 1;
    else high = middle;
  }
  const end = ends[low];
  return end && end.at.span.start < last ? end : undefined;
}

/** What expands the output of each compressor again, further down the same pipeline. */
function pairExpanders({ pipelines }: Runbook, carried: ReadonlySet<Call>): ReadonlyMap<Call, Call> {
  const pairs = new Map<Call, Call>();
  for (const { stages } of pipelines) {
    const open = new Map<string, Call>();
    for (const call of stages.flatMap((stage) => stage.calls)) {
      const compressor = compressorOf(call);
      if (!compressor) continue;
      const first = open.get(compressor.family);
      if (!compressor.expands && carried.has(call)) open.set(compressor.family, call);
      else if (compressor.expands && first && !pairs.has(first)) pairs.set(first, call);
    }
  }
  return pairs;
}

/** Only where both are stages of their own. */
function bothEnds(ends: readonly (StagePlace | undefined)[], text: string): readonly Fix[] {
  const edits = ends.flatMap((place) => {
    const isAlone = place && place.stage.calls.length === 1 && place.stage.invocations.length === 0;
    return (isAlone && standsAlone(text, place.stage.span) && removeStage(place, text)) || [];
  });
  return edits.length < 2 ? [] : [{ title: 'Remove it at both ends', safety: 'unsafe', edits }];
}
