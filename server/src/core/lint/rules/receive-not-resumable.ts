import type { Invocation, Runbook } from '../../runbook/runbook';
import { mayHold } from '../../runbook/runbook';
import { span } from '../../text/span';
import type { TextEdit } from '../../text/span';
import { commandName, insertFlag } from '../command-edits';
import { defineRule } from '../define-rule';
import type { Fix } from '../finding';
import { targetOf, upstreamOf } from '../knowledge';

export const receiveNotResumable = defineRule({
  kind: 'runbook',
  id: 'receive-not-resumable',
  summary: 'A `zfs receive` without `-s`, which begins anew after every cut',
  severity: 'information',
  strictOnly: true,
  docs: `
Without \`-s\` a stream that is cut leaves nothing behind: what has arrived is thrown away, and the next run sends it all again. With \`-s\` it is
kept, and the target has a token with which the source goes on where it stopped, also when the receiver was killed. OpenZFS 2.3.2, cut at 3 MB:

\`\`\`text
$ zfs send -w -i @a tank/prod/db@b | head -c 3000000 | zfs receive -u backup/db
cannot receive incremental stream: incomplete stream
$ zfs get -H receive_resume_token backup/db
backup/db	receive_resume_token	-	-
\`\`\`

\`-s\` alone is half of it. While a token is there, the same send is refused ("contains partially-complete state", or "destination exists" for a
full stream), so a run has to look for it first:

\`\`\`sh
token=$(ssh vault zfs get -H -o value receive_resume_token backup/prod)
[ "$token" = - ] || zfs send -w -t "$token" | ssh vault zfs receive -s -u backup/prod
\`\`\`

After a \`-R\` stream was cut, the token is on the dataset that was cut, and not on the top one. \`zfs receive -A\` throws away what was kept.

The fix is unsafe because a run that repeats its send blindly then fails, where it began anew before. Nothing is said of \`-n\`, \`-A\` and \`-c\`,
nor of a stream out of a local file. A small stream on a local disk needs no \`-s\`.
`,
  examples: {
    bad: [
      {
        text: `zfs send -w tank/prod@a | ssh vault zfs receive -u backup/prod
#                                   ^^^^^^^^^^^ without -s a cut throws away what backup/prod has received
`,
        fixed: `# After a cut: zfs send -w -t TOKEN into zfs receive -s, where TOKEN is the receive_resume_token of backup/prod
zfs send -w tank/prod@a | ssh vault zfs receive -s -u backup/prod
`,
      },
    ],
    good: [
      `zfs send -w tank/prod@a | ssh vault zfs receive -s -u backup/prod
`,
      `zfs receive -A backup/prod
zfs send -w tank/prod@a | zfs receive -n -v backup/prod
`,
      `zfs send -w tank/prod@a | zfs receive $RECV_OPTS backup/prod
`,
    ],
  },
  *check(runbook) {
    const piped = new Set(
      runbook.pipelines.flatMap(({ stages }) => stages.slice(1).flatMap((stage) => stage.invocations)),
    );
    for (const invocation of runbook.invocations) {
      if (invocation.command?.subcommand !== 'receive') continue;
      const { flags } = invocation.command;
      if (flags['resumable'] || flags['dryRun'] || flags['abort'] || flags['corrective']) continue;
      if (mayHold(invocation, 'resumable').length > 0) continue;
      // A stream out of a file of this machine is not cut.
      if (!piped.has(invocation) && !runbook.senders.has(invocation) && invocation.site.route.length === 0) continue;
      const name = targetOf(invocation, runbook)?.name ?? 'the target';
      yield {
        span: commandName(invocation),
        message: `without -s a cut throws away what ${name} has received, and the next run sends all of it again; add -s, and look for a receive_resume_token before each run`,
        fixes: fixFor(invocation, runbook, name),
      };
    }
  },
});

function fixFor(receive: Invocation, runbook: Runbook, name: string): readonly Fix[] {
  const edits = insertFlag(receive, '-s');
  if (!edits) return [];
  const title = 'Add -s and the step for the token (a run that repeats its send blindly then fails)';
  return [{ title, safety: 'unsafe', edits: [...note(receive, runbook, name), ...edits] }];
}

/** A comment above the command, where one can stand: at the beginning of a line of a script that is no continuation. */
function note(receive: Invocation, runbook: Runbook, name: string): readonly TextEdit[] {
  const { text } = runbook;
  // A name with a line end or a quote in it would not stay in the comment.
  if (receive.site.setting.medium !== 'script' || !/^[\w ${}./:@#*%-]*$/.test(name)) return [];
  const first = upstreamOf(receive, runbook)[0] ?? receive;
  const start = text.lastIndexOf('\n', first.span.start - 1) + 1;
  const indent = text.slice(start, first.span.start);
  const before = text.slice(text.lastIndexOf('\n', start - 2) + 1, start);
  // A comment in between would cut a continued command in two, or take a suppression from its line.
  if (!/^[ \t]*$/.test(indent) || /\\\r?\n$|rawsend-disable-next-line/.test(before)) return [];
  const newline = text[text.indexOf('\n') - 1] === '\r' ? '\r\n' : '\n';
  const comment = `# After a cut: zfs send -w -t TOKEN into zfs receive -s, where TOKEN is the receive_resume_token of ${name}`;
  return [{ span: span(start, start), newText: `${indent}${comment}${newline}` }];
}
