import { keyOf } from '../../shell/placed-text';
import { span } from '../../text/span';
import type { ArgumentWord, Invocation, Runbook } from '../../runbook/runbook';
import { quote } from '../../shell/quote';
import { commandsOf } from '../commands';
import { defineRule } from '../define-rule';
import type { Fix } from '../finding';
import { allPolicies, coversSource } from '../knowledge';

export const incrementalUnheld = defineRule({
  kind: 'runbook',
  id: 'incremental-unheld',
  summary: 'An incremental base that is never held or bookmarked in the document',
  severity: 'information',
  docs: `
The next increment needs the base on both sides. A clean-up that does not know that destroys it one day, and everything is sent again. A hold is stronger than any clean-up
(OpenZFS 2.3.2):

\`\`\`text
$ zfs hold keep tank/prod@b
$ zfs destroy tank/prod@b
cannot destroy snapshot tank/prod@b: dataset is busy
\`\`\`

Hold the newest snapshot that both sides have, and release the one before it only when the new one has arrived. A bookmark at the source keeps the base of an \`-i\` for no space at
all, and cannot serve \`-I\`. Use a tag of your own for each target: one tag that two jobs share lets one of them release the other's base.
`,
  examples: {
    bad: [
      {
        text: `zfs send -w -i @a tank/prod@b | ssh vault zfs receive -u backup/prod
#              ^^ nothing in this document holds
`,
        fixed: `zfs send -w -i @a tank/prod@b | ssh vault zfs receive -u backup/prod
zfs hold replication tank/prod@b
`,
      },
    ],
    good: [
      `zfs hold replication tank/prod@b
zfs send -w -i @a tank/prod@b | ssh vault zfs receive -u backup/prod
`,
      `zfs send -w -i '#last' tank/prod@b | ssh vault zfs receive -u backup/prod
`,
    ],
  },
  *check(runbook, context) {
    if (keepsAny(runbook)) return;
    const seen = new Set<string>();
    for (const send of commandsOf(runbook, 'send')) {
      const [site] = send.flags['intermediates'] ?? send.flags['incremental'] ?? [];
      const [operand] = send.operands;
      if (!site?.value || !operand || site.value.shown.includes('#') || isGiven(site.value.word, runbook)) continue;
      const dataset = operand.shown.replace(/@.*/s, '');
      const kept = context.neighbours?.kept.get(dataset)?.some(({ path }) => path !== runbook.path);
      const byPolicy = allPolicies(context).some((policy) => coversSource(policy, dataset));
      // One for each dataset: what holds one of its bases holds them all.
      const key = keyOf(operand.text).replace(/@.*/s, '');
      if (kept || byPolicy || seen.has(key)) continue;
      seen.add(key);
      yield {
        span: site.value.span,
        message: `nothing in this document holds or bookmarks the base of ${dataset}, so a clean-up can destroy it, and then all of it is sent again; hold the newest snapshot that both sides have`,
        fixes: snippet(send, runbook),
      };
    }
  },
});

/** A base that somebody hands to the document is somebody else's to keep. */
const isGiven = ({ text }: ArgumentWord, { origins }: Runbook): boolean =>
  text.some((run) => run.kind === 'unknown' && !origins.has(run.identity));

const KEEPS: ReadonlySet<string> = new Set(['hold', 'bookmark']);

const keepsAny = ({ invocations }: Runbook): boolean =>
  invocations.some(({ command }) => command !== undefined && KEEPS.has(command.subcommand));

/** A hold of what was sent, on a line of its own behind a command that stands alone. */
function snippet(send: Invocation, { text }: Runbook): readonly Fix[] {
  const [operand] = send.operands;
  const lineStart = text.lastIndexOf('\n', send.span.start - 1) + 1;
  const newline = text.indexOf('\n', send.span.end);
  const line = text.slice(lineStart, newline === -1 ? text.length : newline);
  if (!operand?.known || !/^[\w.:@/-]+$/.test(operand.shown) || newline === -1 || send.site.route.length > 0) return [];
  if (
    !/^\s*(?:sudo\s+)?zfs send [^;&()]*$/.test(line) ||
    /[\\|]\s*$/.test(line) ||
    send.site.setting.medium !== 'script'
  )
    return [];
  const indent = /^\s*/.exec(line)?.[0] ?? '';
  const command = quote(['zfs', 'hold', 'replication', operand.shown]);
  return [
    {
      title: 'Hold what was sent (release the hold before it when the next has arrived)',
      safety: 'unsafe',
      edits: [{ span: span(newline + 1, newline + 1), newText: `${indent}${command}\n` }],
    },
  ];
}
