import type { ArgumentWord, Invocation, Runbook } from '../../runbook/runbook';
import { flagSpan } from '../command-edits';
import { defineRule } from '../define-rule';
import type { Report } from '../finding';

/** What `zfs send` refuses beside `-t`. */
const REFUSED: Readonly<Record<string, string>> = {
  replicate: '-R',
  incremental: '-i',
  intermediates: '-I',
  props: '-p',
  backup: '-b',
  holds: '-h',
  saved: '-S',
  redact: '--redact',
};

export const tokenMisuse = defineRule({
  kind: 'runbook',
  id: 'token-misuse',
  summary: '`zfs send -t` with a snapshot or with flags that the token decides',
  severity: 'error',
  docs: `
\`zfs send -t TOKEN\` goes on with the stream that was cut. Which snapshot, from which base, raw or not: all of that is in the token, and zfs refuses
to be told it again:

\`\`\`text
$ zfs send -nvP -R -t 1-d12f70aa3-f0-789c…
invalid flags combined with -t
$ zfs send -nP -t x tank/prod@b
too many arguments
\`\`\`

Both exit with status 2 (OpenZFS 2.3.2 and 2.1.11). A script that builds one list of flags for the first send and for the resumed one never resumes.

\`-t\` takes \`-w\`, \`-L\`, \`-c\`, \`-e\`, \`-n\`, \`-v\`, \`-V\`, \`-P\` and nothing else. A \`-R\` stream cannot be resumed as a whole: the token finishes the one
dataset that was cut, and the rest is sent one by one.
`,
  examples: {
    bad: [
      {
        text: `zfs send -w -R -t "$TOKEN" | ssh vault zfs receive -s -u backup/prod
#           ^^ zfs send refuses -R beside -t
`,
      },
      {
        text: `zfs send -w -t "$TOKEN" tank/prod@b | ssh vault zfs receive -s -u backup/prod
#                       ^^^^^^^^^^^ zfs send refuses tank/prod@b beside -t
`,
      },
    ],
    good: [
      `zfs send -w -t "$TOKEN" | ssh vault zfs receive -s -u backup/prod
`,
      `zfs send -nvP -t "$TOKEN"
`,
    ],
  },
  *check(runbook) {
    for (const invocation of runbook.invocations) {
      if (invocation.command?.subcommand === 'send' && invocation.flags['token']) yield* judge(invocation, runbook);
    }
  },
});

function* judge(send: Invocation, runbook: Runbook): Iterable<Report> {
  const known = 'the token alone says what is sent, so nothing is resumed; remove it';
  for (const [name, written] of Object.entries(REFUSED)) {
    for (const site of send.flags[name] ?? []) {
      yield { span: flagSpan(site), message: `zfs send refuses ${written} beside -t: ${known}` };
    }
  }
  for (const operand of send.operands) {
    if (!isThere(operand, runbook)) continue;
    yield { span: operand.span, message: `zfs send refuses ${operand.shown} beside -t: ${known}` };
  }
}

/** A bare variable may be empty, and then there is no operand. */
const isThere = ({ known, shown, span }: ArgumentWord, { text }: Runbook): boolean =>
  known || /[@#/]/.test(shown) || text.charAt(span.start) === '"';
