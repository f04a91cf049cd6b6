import type { Style } from '../style';
import { formatLintGithub } from './lint-github';
import { formatLintJson } from './lint-json';
import type { LintResult } from './lint-result';
import { formatLintSarif } from './lint-sarif';
import { formatLintText } from './lint-text';

/** What a report may need beside the results. */
export interface ReportContext {
  readonly style: Style;
  readonly cwd: string;
  readonly version: string;
}

type Reporter = (results: readonly LintResult[], context: ReportContext) => string;

/** The forms of the report of `lint`. */
export const LINT_REPORTERS = {
  text: (results, { style }) => formatLintText(results, style),
  json: formatLintJson,
  sarif: formatLintSarif,
  github: formatLintGithub,
} as const satisfies Readonly<Record<string, Reporter>>;

export type ReportForm = keyof typeof LINT_REPORTERS;

export const REPORT_FORMS = ['text', 'json', 'sarif', 'github'] as const satisfies readonly ReportForm[];
