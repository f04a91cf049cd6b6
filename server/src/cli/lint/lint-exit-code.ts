import { EXIT, type ExitCode, worstExit } from '../exit-code';
import type { LintResult } from '../reporters/lint-result';

/** How many findings of a severity there are. */
export const countFindings = (results: readonly LintResult[], severity: string): number =>
  results.reduce((sum, result) => {
    const findings = result.kind === 'linted' ? result.findings : [];
    return sum + findings.filter((finding) => finding.severity === severity).length;
  }, 0);

/** An error fails, and so does a warning beyond those that are allowed; information never does. */
export const exitOfFindings = (results: readonly LintResult[], maxWarnings: number): ExitCode =>
  countFindings(results, 'error') > 0 || countFindings(results, 'warning') > maxWarnings ? EXIT.findings : EXIT.done;

/** What could not be linted at all is worse than any finding. */
export const exitOfUnread = (results: readonly LintResult[]): ExitCode =>
  worstExit(
    results.map((result) => {
      if (result.kind === 'linted') return EXIT.done;
      return result.wrongUse ? EXIT.usage : EXIT.failed;
    }),
  );
