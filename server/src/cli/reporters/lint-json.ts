import type { Finding } from '../../core/lint/finding';
import { createLineIndex } from '../../core/text/line-index';
import { toJsonReport } from './format-option';
import type { LintedFile, LintResult } from './lint-result';

/**
 * The JSON form of `lint`, on which other programs depend: lines and columns count from 1, columns in UTF-16
 * units, the end is exclusive. `errors` is there only when a file could not be linted.
 */
export function formatLintJson(results: readonly LintResult[]): string {
  const files = results.filter((result) => result.kind === 'linted').map(toJsonFile);
  const errors = results.filter((result) => result.kind === 'unread').map(({ path, message }) => ({ path, message }));
  const report = { files, ...(errors.length > 0 && { errors }) };
  return toJsonReport(report);
}

function toJsonFile(file: LintedFile): object {
  const index = createLineIndex(file.text);
  return {
    path: file.path,
    findings: file.findings.map((finding) => {
      const start = index.at(finding.span.start);
      const end = index.at(finding.span.end);
      return {
        rule: finding.rule,
        severity: finding.severity,
        message: finding.message,
        line: start.line,
        column: start.column,
        endLine: end.line,
        endColumn: end.column,
        fixes: toJsonFixes(finding),
      };
    }),
  };
}

const toJsonFixes = (finding: Finding): readonly object[] =>
  finding.fixes.map(({ title, safety }) => ({ title, safety }));
