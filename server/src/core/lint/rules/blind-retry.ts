import type { Invocation, Runbook } from '../../runbook/runbook';
import { commandName } from '../command-edits';
import { defineRule } from '../define-rule';
import type { Report } from '../finding';
import { keyOf } from '../../shell/placed-text';
import { sameEachTurnTest } from '../loop-values';

export const blindRetry = defineRule({
  kind: 'runbook',
  id: 'blind-retry',
  summary: 'The same raw `-I` send again after a failure, from a base that the target may have passed',
  severity: 'warning',
  docs: `
A \`-I\` stream holds an increment for each snapshot between, and one with \`-R\` those of every dataset. When it fails half-way, the target has taken some of
them. The same command then sends a range that overlaps what is there, and OpenZFS (2.1.11 and 2.3.2 measured) gets that wrong for raw streams: where
the first increment is there already and is empty, the one after it is swallowed. In a tree, datasets that did not change are the rule, so this happens:

\`\`\`text
$ zfs send -w -R -I @a tank/prod@c | zfs receive -u -v backup/prod
snap backup/prod@b already exists; ignoring
--exit 0 0--
$ zfs list -H -t snapshot -o name backup/prod
backup/prod@a
backup/prod@b
\`\`\`

\`@c\` is missing and both stages ended with 0. Or it is refused: "most recent snapshot … does not match incremental source".

Look again before each attempt: a \`receive_resume_token\` of the target first, then the newest snapshot that both sides have, dataset by dataset, and send
from that one. Nothing is said where the base is determined inside of the loop, where each turn sends something else, nor of \`-i\`.
`,
  examples: {
    bad: [
      {
        text: `until zfs send -w -R -I @mon tank/prod@tue | ssh vault zfs receive -s -u backup/prod; do
#     ^^^^^^^^ this repeats -I @mon after a failure
  sleep 60
done
`,
      },
      {
        text: `zfs send -w -I @mon tank/prod@tue | zfs receive -u backup/prod || {
  sleep 60
  zfs send -w -I @mon tank/prod@tue | zfs receive -u backup/prod
# ^^^^^^^^ this repeats -I @mon after a failure
}
`,
      },
    ],
    good: [
      `until [ "$try" -gt 3 ]; do
  base=$(ssh vault zfs list -H -t snapshot -o name -s creation -d 1 backup/prod | tail -1)
  zfs send -w -I "@\${base##*@}" tank/prod@tue | ssh vault zfs receive -s -u backup/prod && break
done
`,
      `for ds in tank/a tank/b; do
  zfs send -w -I @mon "$ds@tue" | ssh vault zfs receive -u "backup/\${ds#*/}" || exit 1
done
`,
      `zfs send -w -I @mon tank/prod@tue | zfs receive -u backup/prod || exit 1
`,
    ],
  },
  *check(runbook) {
    const carried = new Set(runbook.transfers.filter(isRange).map(({ send }) => send));
    if (carried.size === 0) return;
    const repeated = [...againAfterFailure(runbook, carried), ...inLoops(runbook, carried)];
    for (const { send, first } of repeated) yield report(send, first);
  },
});

/** A raw stream with the snapshots between, which is carried into a dataset. */
const isRange = ({ send, raw, receive }: Runbook['transfers'][number]): boolean =>
  raw === 'yes' && send.flags['intermediates'] !== undefined && !!receive && !receive.command?.flags['dryRun'];

interface Repeated {
  readonly send: Invocation;
  /** The first attempt, where it stands elsewhere. */
  readonly first?: Invocation;
}

function report(send: Invocation, first: Invocation | undefined): Report {
  const base = send.flags['intermediates']?.at(-1)?.value?.shown ?? 'the base';
  return {
    span: commandName(send),
    message: `this repeats -I ${base} after a failure, when the target may hold a part of the range already: an overlapping raw range can lose the newest snapshot with exit status 0; look for a token and for the newest common snapshot before each attempt`,
    related: first ? [{ span: commandName(first), message: 'the first attempt' }] : [],
  };
}

/** `send || send` and `if ! send; then send`. */
function* againAfterFailure({ fallbacks }: Runbook, carried: ReadonlySet<Invocation>): Iterable<Repeated> {
  for (const { first, second } of fallbacks) {
    const tried = new Map(
      first.invocations.filter((entry) => carried.has(entry)).map((send) => [streamKey(send), send]),
    );
    for (const send of second.invocations) {
      const before = carried.has(send) ? tried.get(streamKey(send)) : undefined;
      if (before) yield { send, first: before };
    }
  }
}

const streamKey = (send: Invocation): string =>
  JSON.stringify([
    send.command?.flags['intermediates'],
    send.command?.flags['replicate'],
    send.operands.map((word) => keyOf(word.text)),
    send.site.route,
  ]);

/** A loop whose turns all send the same range. */
function* inLoops(runbook: Runbook, carried: ReadonlySet<Invocation>): Iterable<Repeated> {
  const sent = new Map<number, Set<string>>();
  for (const send of carried) {
    const keys = sent.get(send.span.start) ?? new Set();
    sent.set(send.span.start, keys.add(streamKey(send)));
  }
  const [isSame, endOf] = [sameEachTurnTest(runbook), ends(runbook)];
  for (const send of carried) {
    const loop = send.site.loops.at(-1);
    if (!loop || loop.kind === 'each' || (loop.part === 'body' && !loop.leaves)) continue;
    // A loop over a list that is known is followed item by item.
    if (loop.kind === 'for' && (sent.get(send.span.start)?.size ?? 0) > 1) continue;
    const end = endOf.get(send) ?? send.span.end;
    if (loop.part === 'body' && ENDS_AT_FAILURE.test(runbook.text.slice(end, end + 120))) continue;
    if (isSame(loop, [send, ...(runbook.receivers.get(send) ?? [])])) yield { send };
  }
}

/** Each command with the text behind the innermost pipeline that it is in. */
function ends({ pipelines }: Runbook): ReadonlyMap<Invocation, number> {
  const found = new Map<Invocation, number>();
  for (const { stages, span } of pipelines) {
    for (const send of stages.flatMap((stage) => stage.invocations)) if (!found.has(send)) found.set(send, span.end);
  }
  return found;
}

/** `send | receive || exit`: what follows a failure is no further attempt. */
const ENDS_AT_FAILURE = /^["']?\s*\)?\s*\|\|(?![^\n]*\bcontinue\b)/;
