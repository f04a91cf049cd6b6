import { defineCommand } from '../define-command';
import { EXIT, type ExitCode, worstExit } from '../exit-code';
import { usageFailure } from '../failure';
import type { Io } from '../io';
import { exitOfFindings, exitOfUnread } from '../lint/lint-exit-code';
import { lintNotes } from '../lint/lint-notes';
import { lintOperands, type LintOutcome } from '../lint/lint-operands';
import { LINT_OPTIONS, readLintOptions, type LintRequest } from '../lint/lint-options';
import { writeNewBaseline } from '../lint/new-baseline';
import { LINT_REPORTERS } from '../reporters/lint-reporters';
import type { LintResult } from '../reporters/lint-result';
import { formatUnifiedDiff } from '../reporters/unified-diff';
import { harmless, styleFor } from '../style';

export const lint = defineCommand({
  name: 'lint',
  summary: 'Find what is wrong in policies and in runbooks: whatever holds zfs commands',
  operands: 'PATH…',
  description: [
    'PATH is a file, a folder, a pattern such as "**/*.sh", or - for standard input. A file that is named is always linted. ' +
      'Of folders and patterns those documents are linted that rawsend reads: policy files (rawsend.yaml, *.rawsend.yaml) and ' +
      'runbooks. .git, node_modules, links, and what .gitignore, .git/info/exclude, .rawsendignore or the configuration leaves out ' +
      'are passed over.',
    'What a policy file includes is a policy file too, whatever its name. It is linted with the one that includes it, and fixed ' +
      'where it is meant by a PATH itself.',
    'No host is ever asked. What is known about datasets comes from the file itself, from the nearest rawsend.yaml ' +
      'upward within the repository, from the policy files and runbooks that are linted together, and from --inventory.',
    'The nearest rawsend.config.yaml upward holds settings for the files below it; options win over it.',
  ],
  options: LINT_OPTIONS,
  examples: [
    { command: 'rawsend lint rawsend.yaml backup.sh', meaning: 'Report on a policy and on a script' },
    { command: 'rawsend lint .', meaning: 'Report on everything below this folder' },
    { command: "rawsend lint 'ops/**/*.{sh,md}'", meaning: 'Report on what a pattern matches' },
    { command: 'rawsend lint --fix backup.sh', meaning: 'Apply the safe fixes and report what is left' },
    { command: 'rawsend lint --diff --unsafe-fixes backup.sh', meaning: 'Show what all fixes would change' },
    { command: 'rawsend lint --format sarif . > rawsend.sarif', meaning: 'The report for code scanning' },
    {
      command: 'rawsend lint --write-baseline .',
      meaning: 'Begin with what is there: report only what is new from now on',
    },
    { command: 'rawsend lint - --stdin-filename backup.sh < draft', meaning: 'Lint text that is in no file' },
  ],
  async run(invocation, io) {
    const { operands } = invocation;
    if (operands.length === 0)
      throw usageFailure('lint needs at least one PATH', 'For example: rawsend lint rawsend.yaml backup.sh');
    const request = await readLintOptions(invocation, io.cwd);
    const outcome = await lintOperands(operands, request, io);
    reportUnread(outcome.results, io);
    for (const note of lintNotes(outcome, request)) io.stderr.write(`rawsend: ${harmless(note)}\n`);
    const unread = exitOfUnread(outcome.results);
    if (request.writeBaseline !== undefined) {
      await writeNewBaseline(outcome, request, io);
      return unread;
    }
    const report = request.diff ? printDiffs : printReport;
    return worstExit([report(outcome, request, io), exitOfFindings(outcome.results, request.maxWarnings), unread]);
  },
});

function reportUnread(results: readonly LintResult[], io: Io): void {
  const { severity } = styleFor(io.stderr, io.env);
  for (const result of results)
    if (result.kind === 'unread') io.stderr.write(`${severity('error', 'rawsend:')} ${harmless(result.message)}\n`);
}

function printReport({ results, stdin }: LintOutcome, { form, fix }: LintRequest, io: Io): ExitCode {
  // With fixes, the fixed text is what a filter has on its standard output.
  const isFilter = fix !== 'none' && stdin !== undefined;
  if (isFilter) io.stdout.write(stdin);
  const output = isFilter ? io.stderr : io.stdout;
  const context = { style: styleFor(output, io.env), cwd: io.cwd, version: io.version };
  output.write(LINT_REPORTERS[form](results, context));
  return EXIT.done;
}

/** A patch to apply counts as a finding. */
function printDiffs({ results }: LintOutcome, _: LintRequest, io: Io): ExitCode {
  const patches = results.map((result) =>
    result.kind === 'linted' ? formatUnifiedDiff(result.path, result.original, result.text) : '',
  );
  io.stdout.write(patches.join(''));
  return patches.some((patch) => patch !== '') ? EXIT.findings : EXIT.done;
}
