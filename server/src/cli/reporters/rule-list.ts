import type { Rule } from '../../core/lint/define-rule';
import type { Page } from './markdown-text';
import { wrapText } from './wrap-text';

/** The rules one below the other, their summaries wrapped in a column of their own. */
export function formatRuleList(rules: readonly Rule[], { style, width }: Page): string {
  const idWidth = Math.max(...rules.map(({ id }) => id.length));
  const margin = idWidth + SEVERITY_WIDTH + 4;
  return `${rules
    .flatMap(({ id, severity, strictOnly, summary }) => {
      const text = strictOnly ? `${summary} (strict profile)` : summary;
      const [first = '', ...rest] = wrapText(text, Math.max(20, width - margin));
      const word = style.severity(severity, severity) + ' '.repeat(SEVERITY_WIDTH - severity.length);
      return [
        `${style.strong(id)}${' '.repeat(idWidth - id.length)}  ${word}  ${first}`,
        ...rest.map((line) => ' '.repeat(margin) + line),
      ];
    })
    .join('\n')}\n`;
}

const SEVERITY_WIDTH = 'information'.length;
