import { describe } from '../../shell/placed-text';
import type { PlacedText } from '../../shell/placed-text';
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
$ TZ=Europe/Berlin date -d @1761436800 +%F_%H%M; TZ=Europe/Berlin date -d @1761440400 +%F_%H%M
2025-10-26_0200
2025-10-26_0200
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
      {
        text: `ssh vault "zfs snapshot tank/prod@\\$(date +%F)"
#                                    ^^^^ this name is in local time
`,
        fixed: `ssh vault "zfs snapshot tank/prod@\\$(date -u +%F)"
`,
      },
    ],
    good: [
      `zfs snapshot "tank/prod@$(date -u +%Y-%m-%dT%H%MZ)"
`,
      `export TZ=UTC
zfs snapshot "tank/prod@$(date +%Y-%m-%d_%H%M%Z)"
zfs snapshot "tank/prod@$(date +%s)"
`,
      `echo "$(date) done"
zfs snapshot tank/prod@before-upgrade
`,
    ],
  },
  *check(runbook) {
    const seen = new Set<Call>();
    const saysUtc = runbook.assignments.some(({ name, items }) => name === 'TZ' && items.some(isUtcZone));
    for (const call of datesOfNames(runbook)) {
      if (seen.has(call)) continue;
      seen.add(call);
      const words = call.args.map((arg) => describe(arg.text));
      const format = words.find((word) => word.startsWith('+')) ?? '';
      const isUtc = saysUtc || words.some((word) => /^-[Rn]*u|^--(?:utc|universal)$/.test(word)) || /%s/.test(format);
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
      for (const call of ran?.calls ?? []) if (call.name === 'date') yield call;
    }
  }
}

const isUtcZone = (value: PlacedText): boolean => /^:?(?:Etc\/)?(?:UTC?|GMT|Zulu|Universal)0?$/i.test(describe(value));

/** Years first, seconds last; what is no number of time (`%Z`, `%%`) says nothing. */
const RANKS = ['GYF', 'mVWU', 'dju', 'HTR', 'M', 'S', 'N'];

/** Years before months before days before hours, all as numbers. */
function sorts(format: string): boolean {
  if (/%s/.test(format)) return true;
  if (/%-?[aAbBhcDxpPrIlyg]/.test(format)) return false;
  const order = [...format.matchAll(/%[-_0^#]?([A-Za-z])/g)]
    .map(([, letter = '']) => RANKS.findIndex((letters) => letters.includes(letter)))
    .filter((rank) => rank !== -1);
  return order.every((rank, index) => index === 0 || rank >= (order[index - 1] ?? 0));
}
