import { describe } from '../../shell/placed-text';
import type { Call, Runbook } from '../../runbook/runbook';
import { commandsOf } from '../commands';
import { defineRule } from '../define-rule';

export const localTimeName = defineRule({
  kind: 'runbook',
  id: 'local-time-name',
  summary: 'A snapshot named by local time, or by a time that does not sort',
  severity: 'information',
  strictOnly: true,
  docs: `
In the night in which summer time ends, local time has one hour twice: the second snapshot of that hour has the name of the first, and zfs says "dataset already exists".
The source and the target may be in two time zones, and then equal names are not equal times. A day before a month, or a month as a word, does not sort.

\`\`\`text
$ TZ=Europe/Berlin date -d @1761440400 +%H%M; TZ=Europe/Berlin date -d @1761444000 +%H%M
0300
0200
\`\`\`

Use \`date -u +%Y-%m-%dT%H%MZ\`: it sorts, and it is the same everywhere.
`,
  examples: {
    bad: [
      {
        text: `zfs snapshot "tank/prod@$(date +%Y-%m-%d_%H%M)"
#                         ^^^^ this name is in local time
`,
        fixed: `zfs snapshot "tank/prod@$(date -u +%Y-%m-%d_%H%M)"
`,
      },
      {
        text: `NOW=$(date -u +%d-%m-%Y)
#     ^^^^ the names of this form do not sort
zfs snapshot "tank/prod@$NOW"
`,
      },
    ],
    good: [
      `zfs snapshot "tank/prod@$(date -u +%Y-%m-%dT%H%MZ)"
`,
      `echo "$(date) done"
zfs snapshot tank/prod@before-upgrade
`,
    ],
  },
  *check(runbook) {
    const seen = new Set<Call>();
    for (const call of datesOfNames(runbook)) {
      if (seen.has(call)) continue;
      seen.add(call);
      const words = call.args.map((arg) => describe(arg.text));
      const format = words.find((word) => word.startsWith('+')) ?? '';
      const isUtc = words.some((word) => /^-[a-zA-Z]*u|^--(?:utc|universal)$/.test(word)) || /%s/.test(format);
      if (!isUtc) {
        const at = { start: call.programSpan.end, end: call.programSpan.end };
        yield {
          span: call.programSpan,
          message:
            'this name is in local time, which has one hour twice a year and differs between hosts; use `date -u`',
          fixes: [
            {
              title: 'Add -u (names that other jobs look for change with it)',
              safety: 'unsafe',
              edits: [{ span: at, newText: ' -u' }],
            },
          ],
        };
      } else if (!sorts(format)) {
        yield {
          span: call.programSpan,
          message:
            'the names of this form do not sort by time, so the last of a sorted list is not the newest; use +%Y-%m-%dT%H%MZ',
        };
      }
    }
  },
});

/** The calls of date that made a part of a snapshot's name. */
function* datesOfNames(runbook: Runbook): Iterable<Call> {
  for (const { operands } of commandsOf(runbook, 'snapshot')) {
    for (const run of operands.flatMap((operand) => operand.text)) {
      const ran = run.kind === 'unknown' ? runbook.origins.get(run.identity) : undefined;
      for (const call of ran?.calls ?? []) if (call.name === 'date' && call.site.route.length === 0) yield call;
    }
  }
}

/** Years before months before days before hours, all as numbers. */
function sorts(format: string): boolean {
  if (/%s/.test(format)) return true;
  if (/%[aAbBhcDxpIlyg]/.test(format)) return false;
  const rank = 'FYmdTHRMS';
  const order = [...format.matchAll(/%-?([A-Za-z])/g)].map(([, letter = '']) =>
    letter === 'F' ? 0 : letter === 'T' || letter === 'R' ? rank.indexOf('H') : rank.indexOf(letter),
  );
  return order.every((value, index) => index === 0 || value >= (order[index - 1] ?? 0));
}
