import type { Invocation, Runbook } from '../../runbook/runbook';
import { commandName } from '../command-edits';
import { commandsOf } from '../commands';
import { defineRule } from '../define-rule';

export const destroyWithoutCheck = defineRule({
  kind: 'runbook',
  id: 'destroy-without-check',
  summary: 'A `zfs destroy` in a loop or by pattern, with nothing that keeps the base of the chain',
  severity: 'warning',
  docs: `
Pruning by age or by name does not know which snapshot the next increment starts from. When the base is gone on either side, the chain is broken and everything is
sent again:

\`\`\`text
$ zfs send -w -i @b tank/prod@c | zfs receive -u backup/prod
cannot receive incremental stream: most recent snapshot of backup/prod does not
match incremental source
\`\`\`

One line in the same document is enough to be safe: a hold on the base (\`zfs hold\`, and destroy then says "dataset is busy"), a bookmark of it, a comparison with what the
other side has (\`comm\`, guids, the snapshots of both hosts listed), or a dry run that is looked at (\`zfs destroy -n\`). A document with any of them is silent, and so is a destroy that names its snapshots.
`,
  examples: {
    bad: [
      {
        text: `zfs list -H -t snapshot -o name -r tank/prod | grep @auto- | head -n -14 | xargs -n 1 zfs destroy
#                                                                                     ^^^^^^^^^^^ snapshots are destroyed one after the other
zfs destroy tank/prod@a%y
^^^^^^^^^^^ a range of snapshots is destroyed
`,
      },
    ],
    good: [
      `zfs hold keep "tank/prod@$BASE"
zfs list -H -t snapshot -o name -r tank/prod | head -n -14 | xargs -n 1 zfs destroy
`,
      `zfs destroy tank/prod@2024-01-01
`,
    ],
  },
  *check(runbook) {
    if (hasCheck(runbook)) return;
    for (const invocation of commandsOf(runbook, 'destroy')) {
      const what = manyOf(invocation, runbook);
      if (what === undefined) continue;
      yield {
        span: commandName(invocation),
        message: `${what}, and nothing in this document keeps the base of the next increment, without which all of it is sent again; hold or bookmark it, or compare with the other side first`,
      };
    }
  },
});

const CHECKS: ReadonlySet<string> = new Set(['hold', 'holds', 'bookmark', 'diff']);

/** Anything by which the author takes care of the base. */
function hasCheck({ invocations, calls }: Runbook): boolean {
  if (calls.some(({ name }) => COMPARES.has(name)) || listsBothSides(invocations)) return true;
  return invocations.some(({ command, flags }) => {
    if (!command) return false;
    if (CHECKS.has(command.subcommand)) return true;
    if (command.subcommand === 'destroy' && command.flags['dryRun']) return true;
    const columns = [...(flags['columns'] ?? [])].map((site) => site.value?.shown ?? '');
    return [...columns, ...command.operands].some((word) =>
      /\b(?:guid|ivsetguid|userrefs|receive_resume_token)\b/.test(word),
    );
  });
}

const COMPARES: ReadonlySet<string> = new Set(['comm', 'diff', 'cmp', 'join']);

/** Whoever lists the snapshots of two hosts wants to know what both have. */
function listsBothSides(invocations: readonly Invocation[]): boolean {
  const lists = invocations.filter(
    ({ command, flags }) =>
      command?.subcommand === 'list' && flags['types']?.some(({ value }) => value?.shown.startsWith('snap')),
  );
  return new Set(lists.map(({ site }) => site.route.join('\n'))).size > 1;
}

function manyOf({ operands, site }: Invocation, { origins }: Runbook): string | undefined {
  if (operands.some(({ shown }) => /@[^@]*%/.test(shown))) return 'a range of snapshots is destroyed';
  if (site.loops.length === 0) return undefined;
  const unknown = operands.flatMap(({ text }) => text.flatMap((run) => (run.kind === 'unknown' ? [run] : [])));
  const listed = unknown.some(({ identity }) =>
    origins.get(identity)?.invocations.some(({ command }) => command?.subcommand === 'list'),
  );
  const repeated = site.loops.some(({ kind }) => kind === 'each');
  return listed || (repeated && unknown.length > 0) ? 'snapshots are destroyed one after the other' : undefined;
}
