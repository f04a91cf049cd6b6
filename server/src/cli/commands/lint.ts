import path from 'node:path';
import type { Profile } from '../../core/lint/document';
import { defineCommand } from '../define-command';
import { EXIT, type ExitCode, worstExit } from '../exit-code';
import { usageFailure } from '../failure';
import type { Io } from '../io';
import { createContexts, readInventoryFile } from '../lint-context';
import { type FixMode, lintFile, type LintRequest, lintText } from '../lint-files';
import { FORMAT_OPTION } from '../reporters/format-option';
import { formatLintJson } from '../reporters/lint-json';
import type { LintResult } from '../reporters/lint-result';
import { formatLintText } from '../reporters/lint-text';
import { formatUnifiedDiff } from '../reporters/unified-diff';
import { harmless, styleFor } from '../style';

const PROFILES: readonly Profile[] = ['minimal', 'recommended', 'strict'];

export const lint = defineCommand({
  name: 'lint',
  summary: 'Find what is wrong in policies and in scripts that call zfs',
  operands: 'FILE…',
  description: [
    'FILE is a policy file (rawsend.yaml, *.rawsend.yaml) or a shell script; - is standard input. ' +
      'No host is ever asked. What is known about datasets comes from the file itself, from the nearest rawsend.yaml ' +
      'upward within the repository, from policy files among the arguments, and from --inventory.',
  ],
  options: {
    ...FORMAT_OPTION,
    profile: {
      type: 'string',
      argument: 'PROFILE',
      choices: PROFILES,
      otherwise: 'recommended',
      summary: 'Which rules report',
    },
    fix: { type: 'boolean', summary: 'Apply the safe fixes: those that cannot change a run that works today' },
    'unsafe-fixes': { type: 'boolean', summary: 'Apply all fixes; read what they changed' },
    diff: { type: 'boolean', summary: 'Print what the fixes would change, as a patch, and change nothing' },
    inventory: {
      type: 'string',
      multiple: true,
      argument: 'FILE',
      summary: 'Facts of a host, from inventory --format json',
    },
    'stdin-filename': { type: 'string', argument: 'NAME', summary: 'What - is called in the report; decides its kind' },
  },
  examples: [
    { command: 'rawsend lint rawsend.yaml backup.sh', meaning: 'Report on a policy and on a script' },
    { command: 'rawsend lint --fix backup.sh', meaning: 'Apply the safe fixes and report what is left' },
    { command: 'rawsend lint --diff --unsafe-fixes backup.sh', meaning: 'Show what all fixes would change' },
    { command: 'rawsend lint --format json *.sh', meaning: 'The report for programs' },
    { command: 'rawsend lint - --stdin-filename backup.sh < draft', meaning: 'Lint text that is in no file' },
  ],
  async run({ values, operands }, io) {
    if (operands.length === 0)
      throw usageFailure('lint needs at least one FILE', 'For example: rawsend lint rawsend.yaml backup.sh');
    const diff = values.diff ?? false;
    if (diff && values.format === 'json') throw usageFailure('--diff has no JSON form');
    const files = operands.filter((operand) => operand !== '-').map((operand) => path.resolve(io.cwd, operand));
    const inventories = await Promise.all(
      (values.inventory ?? []).map((file) => readInventoryFile(path.resolve(io.cwd, file))),
    );
    const profile = PROFILES.find((known) => known === values.profile) ?? 'recommended';
    const fix = fixMode({ all: values['unsafe-fixes'] ?? false, safe: (values.fix ?? false) || diff });
    const request: LintRequest = {
      cwd: io.cwd,
      fix,
      write: !diff,
      contextFor: createContexts(files, { profile, inventories }),
    };
    const results: LintResult[] = [];
    for (const operand of new Set(operands))
      results.push(
        operand === '-'
          ? await lintStdin(values['stdin-filename'] ?? 'stdin', request, io)
          : await lintFile(operand, request),
      );
    reportUnread(results, io);
    if (diff) return printDiffs(results, io);
    // With fixes, the fixed text is what a filter has on its standard output.
    const output = fix !== 'none' && operands.includes('-') ? io.stderr : io.stdout;
    output.write(
      values.format === 'json' ? formatLintJson(results) : formatLintText(results, styleFor(output, io.env)),
    );
    return exitCodeOf(results);
  },
});

function fixMode({ all, safe }: { readonly all: boolean; readonly safe: boolean }): FixMode {
  if (all) return 'all';
  return safe ? 'safe' : 'none';
}

async function lintStdin(name: string, { cwd, fix, write, contextFor }: LintRequest, io: Io): Promise<LintResult> {
  const context = await contextFor(path.resolve(cwd, name));
  const result = lintText({ path: name, text: await io.stdin.read() }, { context, fix });
  if (fix !== 'none' && write) io.stdout.write(result.text);
  return result;
}

function reportUnread(results: readonly LintResult[], io: Io): void {
  const { severity } = styleFor(io.stderr, io.env);
  for (const result of results)
    if (result.kind === 'unread') io.stderr.write(`${severity('error', 'rawsend:')} ${harmless(result.message)}\n`);
}

/** A patch to apply counts as a finding. */
function printDiffs(results: readonly LintResult[], io: Io): ExitCode {
  const patches = results.map((result) =>
    result.kind === 'linted' ? formatUnifiedDiff(result.path, result.original, result.text) : '',
  );
  io.stdout.write(patches.join(''));
  return worstExit([exitCodeOf(results), patches.some((patch) => patch !== '') ? EXIT.findings : EXIT.done]);
}

function exitCodeOf(results: readonly LintResult[]): ExitCode {
  return worstExit(
    results.map((result) => {
      if (result.kind === 'unread') return result.wrongUse ? EXIT.usage : EXIT.failed;
      return result.findings.some((finding) => finding.severity !== 'information') ? EXIT.findings : EXIT.done;
    }),
  );
}
