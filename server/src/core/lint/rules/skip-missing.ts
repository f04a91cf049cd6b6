import { flagSpan } from '../command-edits';
import { defineRule } from '../define-rule';

export const skipMissing = defineRule({
  kind: 'runbook',
  id: 'skip-missing',
  summary: '`zfs send -R -s`, which leaves out children that lack the snapshot and exits with 0',
  severity: 'warning',
  docs: `
A \`-R\` stream needs the named snapshot on every dataset below. Where one lacks it, \`zfs send\` says so and fails, which is how a child that is not
replicated is noticed. With \`-s\` (\`--skip-missing\`) the child is left out with everything below it, one line stands on standard error, and the exit
status is 0. OpenZFS 2.3.2, where \`tank/prod/app\` lacks \`@c\`:

\`\`\`text
$ zfs send -w -R -s -I @a tank/prod@c | wc -c
WARNING: skipping dataset tank/prod/app and its children: snapshot c does not exist
--exit 0 0--
\`\`\`

The replica then lacks that child, its next increment has no base, and every later run looks well.

Take the snapshot with \`zfs snapshot -r\`, which covers all of them at one moment, and leave out on purpose what is not to be replicated: \`-X DATASET\`
(2.2 and later). Where \`-s\` is meant, compare the newest snapshots of both sides afterwards.

Nothing is said of a dry run, nor of \`-s\` without \`-R\`, which zfs refuses.
`,
  examples: {
    bad: [
      {
        text: `zfs send -w -R -s -I @a tank/prod@b | ssh vault zfs receive -u backup/prod
#              ^^ -s leaves out whatever below tank/prod@b lacks the snapshot
`,
      },
      {
        text: `zfs send -wR --skip-missing tank/prod@b | ssh vault zfs receive -u backup/prod
#            ^^^^^^^^^^^^^^ --skip-missing leaves out
`,
      },
    ],
    good: [
      `zfs send -w -R -I @a tank/prod@b | ssh vault zfs receive -s -u backup/prod
`,
      `zfs send -nvP -w -R -s tank/prod@b
`,
      `zfs send -w -R -X tank/prod/scratch tank/prod@b | ssh vault zfs receive -u backup/prod
`,
    ],
  },
  *check(runbook) {
    for (const { command, flags, operands } of runbook.invocations) {
      const [site] = flags['skipMissing'] ?? [];
      if (command?.subcommand !== 'send' || !site || !command.flags['replicate'] || command.flags['dryRun']) continue;
      const written = site.span.end - site.span.start > 1 && !site.grouped ? site.word.shown : '-s';
      const name = operands[0]?.shown ?? 'the snapshot';
      yield {
        span: flagSpan(site),
        message: `${written} leaves out whatever below ${name} lacks the snapshot and still exits with 0, so a child that is not replicated goes unnoticed; take it out, and leave out with -X what is not to be sent`,
      };
    }
  },
});
