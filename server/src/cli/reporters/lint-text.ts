import type { Finding, Severity } from '../../core/lint/finding';
import { createLineIndex } from '../../core/text/line-index';
import { harmless, type Style } from '../style';
import { countOf } from '../../core/text/count-of';
import { formatExcerpt, type Layout } from './excerpt';
import type { LintedFile, LintResult } from './lint-result';

/** The text form of `lint`: each finding with its source line, then one line that sums up. */
export function formatLintText(results: readonly LintResult[], style: Style): string {
  const linted = results.filter((result) => result.kind === 'linted');
  const findings = linted.map((file) => formatFindings(file, style)).join('');
  return `${findings}${formatSummary(linted, style)}\n`;
}

/** The findings of one file, without a summary; empty when there are none. */
export function formatFindings(file: Pick<LintedFile, 'path' | 'text' | 'findings'>, style: Style): string {
  const layout: Layout = { text: file.text, index: createLineIndex(file.text), style };
  return file.findings.map((finding) => formatFinding(file.path, finding, layout)).join('');
}

function formatFinding(path: string, finding: Finding, layout: Layout): string {
  const { style } = layout;
  const place = (offset: number): string => {
    const { line, column } = layout.index.at(offset);
    return `${harmless(path)}:${line}:${column}`;
  };
  const excerpt = formatExcerpt(layout, finding.span, (text) => style.severity(finding.severity, text));
  const margin = ' '.repeat(excerpt.margin);
  const lines = [
    `${style.strong(`${place(finding.span.start)}:`)} ${style.severity(finding.severity, finding.severity)} ` +
      `${harmless(finding.message)} ${style.faint(`[${finding.rule}]`)}`,
    ...excerpt.lines,
    ...finding.related.map((related) => `${margin} = ${place(related.span.start)}: ${harmless(related.message)}`),
    ...finding.fixes.map((fix) => `${margin} = ${fix.safety} fix: ${harmless(fix.title)}`),
  ];
  return `${lines.join('\n')}\n\n`;
}

export function formatSummary(files: readonly LintedFile[], style: Style): string {
  const findings = files.flatMap((file) => file.findings);
  const unchecked = files.flatMap((file) => (file.unchecked === undefined ? [] : [file.unchecked]));
  const checked = countOf(files.length - unchecked.length, 'file');
  const fixed = files.filter((file) => file.text !== file.original).length;
  const known = files.reduce((sum, file) => sum + (file.known ?? 0), 0);
  const rest = [
    ...(fixed === 0 ? [] : [`${countOf(fixed, 'file')} fixed`]),
    ...formatFixable(findings),
    ...(known === 0 ? [] : [`${known} known from the baseline`]),
    ...[...new Set(unchecked)].map((reason) => {
      const count = unchecked.filter((other) => other === reason).length;
      return `${countOf(count, 'file')} not checked: ${reason}`;
    }),
  ];
  if (findings.length === 0)
    return [`${style.good(known === 0 ? 'no findings' : 'no new findings')} in ${checked}`, ...rest].join('; ');
  const counts = (['error', 'warning', 'information'] satisfies readonly Severity[])
    .map((severity) => ({ severity, count: findings.filter((finding) => finding.severity === severity).length }))
    .filter(({ count }) => count > 0)
    .map(({ severity, count }) =>
      style.severity(severity, severity === 'information' ? `${count} information` : countOf(count, severity)),
    );
  return [`${counts.join(', ')} in ${checked}`, ...rest].join('; ');
}

function formatFixable(findings: readonly Finding[]): readonly string[] {
  const safe = findings.filter((finding) => finding.fixes[0]?.safety === 'safe').length;
  const unsafe = findings.filter((finding) => finding.fixes[0]?.safety === 'unsafe').length;
  const parts = [
    ...(safe > 0 ? [`${safe} fixable with --fix`] : []),
    ...(unsafe > 0 ? [`${unsafe} ${safe > 0 ? 'more' : 'fixable'} with --unsafe-fixes`] : []),
  ];
  return parts.length === 0 ? [] : [parts.join(', ')];
}
