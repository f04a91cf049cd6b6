import { describe } from '../../shell/placed-text';
import type { Call, Invocation, Ran, Runbook } from '../../runbook/runbook';
import { commandName } from '../command-edits';
import { defineRule } from '../define-rule';
import type { Fix, Report } from '../finding';

export const snapshotListUnsorted = defineRule({
  kind: 'runbook',
  id: 'snapshot-list-unsorted',
  summary: 'The "last snapshot" picked from a list of many datasets, or from one sorted by name',
  severity: 'error',
  docs: `
A recursive list (\`-r\`, or no dataset at all) holds the snapshots of the children too. The last line of it is then a child's, and zfs refuses it as a base. Measured with
OpenZFS 2.3.2, for \`LAST=$(zfs list -H -t snapshot -o name -s creation -r tank/prod | tail -1)\`:

\`\`\`text
$ echo $LAST
tank/prod/app@rep-2
$ zfs send -w -i "$LAST" tank/prod@rep-3
incremental source must be in same filesystem
\`\`\`

Sorted by name the last one is whatever comes last in the alphabet: @z-manual, or @2024-9 after @2024-10. List one dataset, \`-d 1\`, in the order of creation, \`-s creation\`. Without
\`-s\` the list of one dataset is in that order already. Nothing is said of names that a filter picks by their prefix (\`grep @auto-20\`): those mostly sort by time.
`,
  examples: {
    bad: [
      {
        text: `LAST=$(zfs list -H -t snapshot -o name -s creation -r tank/prod | tail -1)
#      ^^^^^^^^ this list holds the snapshots of the children
zfs send -w -i "$LAST" tank/prod@now > /srv/prod.zfs
`,
        fixed: `LAST=$(zfs list -d 1 -H -t snapshot -o name -s creation -r tank/prod | tail -1)
zfs send -w -i "$LAST" tank/prod@now > /srv/prod.zfs
`,
      },
      {
        text: `LAST=$(zfs list -H -d 1 -t snapshot -o name -s name tank/prod | tail -1)
#      ^^^^^^^^ this list is sorted by name
zfs send -w -i "$LAST" tank/prod@now > /srv/prod.zfs
`,
      },
    ],
    good: [
      `LAST=$(zfs list -H -d 1 -t snapshot -o name -s creation tank/prod | tail -1)
zfs send -w -i "$LAST" tank/prod@now > /srv/prod.zfs
`,
      `LAST=$(zfs list -H -t snapshot -o name tank/prod | tail -1)
zfs send -w -i "$LAST" tank/prod@now > /srv/prod.zfs
`,
      `LAST=$(zfs list -H -t snapshot -o name -s creation -r tank/prod | grep '^tank/prod@' | tail -1)
zfs send -w -i "$LAST" tank/prod@now > /srv/prod.zfs
`,
      `zfs list -t snapshot -r tank | tail -5
`,
    ],
  },
  *check(runbook) {
    for (const { invocation, ran } of pickedLists(runbook)) {
      const found = problemOf(invocation, ran);
      if (found) yield found;
    }
  },
});

/** Lists of snapshots whose first or last line becomes a value that a send or a destroy uses. */
function* pickedLists(runbook: Runbook): Iterable<{ readonly invocation: Invocation; readonly ran: Ran }> {
  const seen = new Set<Invocation>();
  for (const { command, words } of runbook.invocations) {
    if (command?.subcommand !== 'send') continue;
    for (const run of words.flatMap((word) => word.text)) {
      const ran = run.kind === 'unknown' ? runbook.origins.get(run.identity) : undefined;
      for (const invocation of ran?.invocations ?? []) {
        if (!ran || !isSnapshotList(invocation) || seen.has(invocation) || !ran.calls.some(picks)) continue;
        seen.add(invocation);
        yield { invocation, ran };
      }
    }
  }
}

const isSnapshotList = ({ command, flags }: Invocation): boolean =>
  command?.subcommand === 'list' && (flags['types'] ?? []).some((site) => (site.value?.shown ?? '').startsWith('snap'));

/** `tail -1`, `head -1` and their like take one line. */
const picks = ({ name, args }: Call): boolean => {
  const words = args.map((arg) => describe(arg.text)).join(' ');
  if (name === 'tail' || name === 'head') return /(?:^|\s)-(?:n\s*)?[12](?:\s|$)|^$/.test(words);
  return (name === 'sed' && /\$!?[dp]|1[qp]/.test(words)) || (name === 'awk' && words.includes('END'));
};

/** A filter that leaves one dataset's own snapshots. */
const filters = ({ name, args }: Call): boolean =>
  /^(?:e|f)?grep$|^awk$|^sed$|^rg$/.test(name) && args.some((arg) => /[^\s'"]@|\^/.test(describe(arg.text)));

/** Names that share a prefix mostly go on with a time, and then they sort by it: `grep @rep-20`. */
const picksPrefix = ({ name, args }: Call): boolean =>
  /^(?:[ef]?grep|awk|sed|rg)$/.test(name) && args.some((arg) => /@[\w.:-]*\w/.test(describe(arg.text)));

function problemOf(list: Invocation, ran: Ran): Report | undefined {
  const { flags, operands } = list;
  const mixed = (flags['recursive'] !== undefined || operands.length === 0) && !isOneLevel(list);
  const sort = flags['sort']?.at(-1)?.value?.shown ?? flags['sortDescending']?.at(-1)?.value?.shown;
  const sortedAgain = ran.calls.some(({ name }) => name === 'sort');
  if (mixed && !ran.calls.some(filters)) {
    return {
      span: commandName(list),
      message:
        'this list holds the snapshots of the children too, so the one that is picked can be of another dataset, and zfs refuses it as a base; add -d 1',
      fixes: oneLevel(list),
    };
  }
  if (mixed || (sort !== 'name' && !sortedAgain) || ran.calls.some(picksPrefix)) return undefined;
  return {
    span: commandName(list),
    severity: 'warning',
    message:
      'this list is sorted by name, so the one that is picked need not be the newest, and the stream overlaps or has no base; sort with -s creation',
  };
}

const isOneLevel = ({ flags }: Invocation): boolean => flags['depth']?.at(-1)?.value?.shown === '1';

function oneLevel(list: Invocation): readonly Fix[] {
  const [verb] = list.words;
  if (!verb?.written || list.operands.length === 0) return [];
  const at = { start: verb.span.end, end: verb.span.end };
  return [{ title: 'Add -d 1', safety: 'unsafe', edits: [{ span: at, newText: ' -d 1' }] }];
}
