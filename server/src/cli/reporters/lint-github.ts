import type { Finding, Severity } from '../../core/lint/finding';
import { createLineIndex, type LineIndex } from '../../core/text/line-index';
import { harmless } from '../style';
import type { ReportContext } from './lint-reporters';
import type { LintedFile, LintResult } from './lint-result';
import { formatSummary } from './lint-text';
import { relativePath } from './relative-path';

/** Workflow commands, which GitHub shows beside the lines of a pull request, and a line that sums up. */
export function formatLintGithub(results: readonly LintResult[], { style, cwd }: ReportContext): string {
  const linted = results.filter((result) => result.kind === 'linted');
  const commands = linted.flatMap((file) => formatFile(file, cwd));
  const errors = results.flatMap((result) =>
    result.kind === 'unread' ? [toCommand('error', {}, result.message)] : [],
  );
  return [...errors, ...commands, `${formatSummary(linted, style)}\n`].join('');
}

function formatFile(file: LintedFile, cwd: string): readonly string[] {
  const index = createLineIndex(file.text);
  const name = relativePath(cwd, file.path);
  return file.findings.map((finding) =>
    toCommand(
      COMMANDS[finding.severity],
      { file: name, ...placeOf(finding, index), title: finding.rule },
      finding.message,
    ),
  );
}

const COMMANDS: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', information: 'notice' };

/** GitHub takes columns only where a finding is on one line. */
function placeOf({ span }: Finding, index: LineIndex): Readonly<Record<string, number>> {
  const [start, end] = [index.at(span.start), index.at(span.end)];
  const lines = { line: start.line, endLine: end.line };
  return start.line === end.line ? { ...lines, col: start.column, endColumn: end.column } : lines;
}

function toCommand(command: string, properties: Readonly<Record<string, string | number>>, message: string): string {
  const list = Object.entries(properties).map(([name, value]) => `${name}=${escapeProperty(String(value))}`);
  return `::${[command, list.join(',')].join(' ').trimEnd()}::${escapeData(harmless(message))}\n`;
}

/** The runner reads these back; nothing else is special to it. */
const escapeData = (text: string): string =>
  text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');

const escapeProperty = (text: string): string => escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
