import type { Invocation, InvocationProblem, Runbook } from '../../runbook/runbook';
import { mayHold } from '../../runbook/runbook';
import { FLAG_CONFLICTS } from '../../zfs/flag-conflicts';
import type { FlagConflict } from '../../zfs/flag-conflicts';
import { isForeign } from '../../zfs/foreign-names';
import { LATEST_KNOWN } from '../../zfs/subcommand';
import type { Flag, Subcommand } from '../../zfs/subcommand';
import { rangeHolds } from '../../zfs/version-range';
import { flagSpan } from '../command-edits';
import { defineRule } from '../define-rule';
import type { LintContext } from '../document';
import type { Report } from '../finding';
import { refusedValues } from '../refused-values';
import { isUsageText } from '../usage-text';

export const invalidFlags = defineRule({
  kind: 'runbook',
  id: 'invalid-flags',
  summary: 'Flags and subcommands that zfs refuses before it does anything',
  severity: 'error',
  docs: `
zfs reads all flags first and refuses the command with status 2, or 1, when one of them is wrong. In a pipeline that is easily taken for a failure of the
other side. OpenZFS 2.3.2:

\`\`\`text
$ zfs send -nP -F tank/prod@b
invalid option 'F'
$ zfs send -nP -s tank/prod@b
skip-missing flag can only be used in conjunction with replicate
$ zfs send -nP -X tank/prod/db tank/prod@b
Cannot specify dataset exclusion (-X) on a non-recursive send.
$ zfs send -w tank/prod@b | zfs receive -n -x mountpoint -o mountpoint=none backup/x
property 'mountpoint' specified multiple times
$ zfs send -w -I "#b" tank/prod@c
Error: multiple snapshots cannot be sent from a bookmark.
\`\`\`

Found are flags and subcommands that no release from 2.1 to 2.4 has, flags that lack their argument, flags that are refused together, and, when the
configuration says \`zfsVersion\`, flags that came later than that release: \`-X\` with 2.2, \`-j\` with 2.3.

A \`#\` that begins a word is a comment for the shell: \`-i #bm\` gives \`-i\` no argument, so quote it.

Nothing is said of usage texts and placeholders (\`[-R]\`, \`<snapshot>\`), of \`--help\`, of words whose value is not known, nor of flags that another ZFS has
(Solaris, illumos, later OpenZFS) while no \`zfsVersion\` is declared.
`,
  examples: {
    bad: [
      {
        text: `zfs send -w -F tank/prod@b | ssh vault zfs receive -u backup/prod
#           ^^ zfs send has no flag -F
`,
      },
      {
        text: `zfs send -w -i @a -I @a tank/prod@b > /srv/prod.zfs
#                 ^^ zfs send refuses -I beside -i
zfs send -w -i #bm tank/prod@b > /srv/prod.zfs
#           ^^ -i needs SNAPSHOT|BOOKMARK
`,
      },
      {
        text: `zfs lsit -H -o name
#   ^^^^ zfs has no subcommand \`lsit\`
`,
      },
      {
        text: `zfs send -w -p tank/prod@b | zfs receive -u -x mountpoint -o mountpoint=none backup/prod
#                                                         ^^ zfs receive refuses mountpoint twice
`,
      },
    ],
    good: [
      `zfs send -w -R -X tank/prod/db -I @a tank/prod@b > /srv/prod.zfs
`,
      `zfs send --help
zfs receive -?
`,
      `zfs send $OPTS -i "$BASE" "$SNAP" > /srv/prod.zfs
`,
      `zfs send -w -i '#bm' tank/prod@b > /srv/prod.zfs
`,
    ],
  },
  *check(runbook, context) {
    for (const invocation of runbook.invocations) {
      if (isUsageText(invocation, runbook)) continue;
      for (const problem of invocation.problems) yield* refusal(problem, invocation, { runbook, context });
      yield* tooNew(invocation, context);
      // Beside a token other things count: the token decides what is sent.
      if (!invocation.flags['token']) yield* conflicts(invocation);
      yield* refusedValues(invocation);
    }
  },
});

const REPORTED: ReadonlySet<string> = new Set([
  'unknown-subcommand',
  'unknown-flag',
  'ambiguous-flag',
  'missing-argument',
  'unexpected-argument',
]);

function* refusal(
  problem: InvocationProblem,
  { program, subcommand, site, words }: Invocation,
  { runbook, context }: { readonly runbook: Runbook; readonly context: LintContext },
): Iterable<Report> {
  const { code, span, written, message } = problem;
  if (!REPORTED.has(code)) return;
  const isUnknown = code === 'unknown-flag' || code === 'unknown-subcommand';
  const version = context.zfsVersion;
  const isLater = version !== undefined && rangeHolds(version, { before: LATEST_KNOWN }) === 'no';
  const command = subcommand ? `${program} ${subcommand.name}` : program;
  if (isUnknown && (version === undefined ? isForeign(command, written) : isLater)) return;
  // In a document a line that begins with `zfs` may be a sentence.
  const isProse = site.setting.medium !== 'script' && !words.slice(1).some(({ shown }) => /^-|[@/]/.test(shown));
  if (code === 'unknown-subcommand' && isProse) return;
  const isComment = code === 'missing-argument' && /^[ \t]+#/.test(runbook.text.slice(span.end, span.end + 8));
  yield { span, message: isComment ? `${message}: the shell takes # for a comment, so quote it` : message };
}

/** Flags that came after the release that is declared. */
function* tooNew({ flags, subcommand }: Invocation, { zfsVersion }: LintContext): Iterable<Report> {
  if (zfsVersion === undefined || !subcommand) return;
  for (const flag of subcommand.flags) {
    if (flag.since === undefined || rangeHolds(zfsVersion, { before: flag.since }) !== 'yes') continue;
    for (const site of flags[flag.name] ?? []) {
      const command = `${subcommand.program} ${subcommand.name}`;
      yield {
        span: flagSpan(site),
        message: `${command} has ${spell(flag)} since OpenZFS ${flag.since} only, and ${zfsVersion} is declared: zfs will print its usage; leave it out or raise zfsVersion`,
      };
    }
  }
}

function* conflicts(invocation: Invocation): Iterable<Report> {
  const { subcommand, flags } = invocation;
  if (!subcommand) return;
  for (const conflict of FLAG_CONFLICTS) {
    const [site] = conflict.subcommand === subcommand.name ? (flags[conflict.flag] ?? []) : [];
    const reason = site && reasonFor(conflict, invocation, subcommand);
    if (!site || reason === undefined) continue;
    const command = `${subcommand.program} ${subcommand.name}`;
    yield {
      span: flagSpan(site),
      message: `${command} refuses ${spellName(conflict.flag, subcommand)} ${reason}: ${conflict.advice}`,
    };
  }
}

function reasonFor(
  { beside = [], without }: FlagConflict,
  invocation: Invocation,
  subcommand: Subcommand,
): string | undefined {
  const other = beside.find((name) => invocation.flags[name]);
  if (other !== undefined) return `beside ${spellName(other, subcommand)}`;
  if (without === undefined || invocation.flags[without] || mayHold(invocation, without).length > 0) return undefined;
  return `without ${spellName(without, subcommand)}`;
}

const spellName = (name: string, { flags }: Subcommand): string => {
  const flag = flags.find((candidate) => candidate.name === name);
  return flag ? spell(flag) : name;
};

const spell = ({ short, long, name }: Flag): string => (short === undefined ? `--${long ?? name}` : `-${short}`);
