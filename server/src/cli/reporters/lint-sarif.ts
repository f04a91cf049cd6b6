import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Rule } from '../../core/lint/define-rule';
import type { Finding, Fix, Severity } from '../../core/lint/finding';
import { fingerprintOf } from '../../core/lint/fingerprint';
import { formatRulePage } from '../../core/lint/format-rule-page';
import { RULES } from '../../core/lint/rules/index';
import type { Span } from '../../core/text/span';
import { createLineIndex, type LineIndex } from '../../core/text/line-index';
import { PLAIN_STYLE } from '../style';
import { formatJson } from './format-option';
import type { ReportContext } from './lint-reporters';
import type { LintedFile, LintResult, UnreadFile } from './lint-result';
import { formatMarkdown } from './markdown-text';
import { relativePath } from './relative-path';

/** SARIF 2.1.0, which code scanning and many viewers read. What a comment suppresses is left out, as everywhere. */
export function formatLintSarif(results: readonly LintResult[], { cwd, version }: ReportContext): string {
  const linted = results.filter((result) => result.kind === 'linted');
  const unread = results.filter((result) => result.kind === 'unread');
  const found = new Set(linted.flatMap(({ findings }) => findings.map(({ rule }) => rule)));
  const rules = [...found].toSorted();
  return formatJson({
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'Rawsend', semanticVersion: version, rules: rules.map(toDescriptor) } },
        columnKind: 'utf16CodeUnits',
        originalUriBaseIds: { [BASE]: { description: { text: 'The folder in which rawsend was started' } } },
        invocations: [
          { executionSuccessful: unread.length === 0, toolExecutionNotifications: unread.map(toNotification) },
        ],
        results: linted.flatMap((file) => toResults(file, cwd, rules)),
      },
    ],
  });
}

const BASE = '%SRCROOT%';

const LEVELS: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', information: 'note' };

/** What the engine itself reports has no page. */
function toDescriptor(id: string): object {
  const rule = RULES.find((known) => known.id === id);
  return rule === undefined ? { id } : { id, ...describe(rule) };
}

function describe(rule: Rule): object {
  const markdown = formatRulePage(rule);
  return {
    shortDescription: { text: rule.summary },
    help: { text: formatMarkdown(markdown, { style: PLAIN_STYLE, width: 100 }), markdown },
    defaultConfiguration: { level: LEVELS[rule.severity] },
  };
}

const toNotification = ({ message }: UnreadFile): object => ({ level: 'error', message: { text: message } });

/** One file, and what it takes to point into it. */
interface Artifact {
  readonly location: object;
  readonly index: LineIndex;
}

function toResults(file: LintedFile, cwd: string, rules: readonly string[]): readonly object[] {
  const artifact: Artifact = { location: toLocation(file.path, cwd), index: createLineIndex(file.text) };
  const seen = new Map<string, number>();
  return file.findings.map((finding) => {
    const fingerprint = fingerprintOf(file.text, finding);
    const count = (seen.get(fingerprint) ?? 0) + 1;
    seen.set(fingerprint, count);
    return {
      ruleId: finding.rule,
      ruleIndex: rules.indexOf(finding.rule),
      level: LEVELS[finding.severity],
      message: { text: finding.message },
      locations: [{ physicalLocation: toPlace(artifact, finding.span) }],
      partialFingerprints: { 'rawsendLine/v1': `${fingerprint}:${count}` },
      ...relatedLocations(artifact, finding),
      ...(finding.fixes.length > 0 && { fixes: finding.fixes.map((fix) => toFix(artifact, fix)) }),
    };
  });
}

const relatedLocations = (artifact: Artifact, { related }: Finding): object =>
  related.length === 0
    ? {}
    : {
        relatedLocations: related.map(({ span, message }, id) => ({
          id,
          physicalLocation: toPlace(artifact, span),
          message: { text: message },
        })),
      };

const toPlace = ({ location, index }: Artifact, span: Span): object => ({
  artifactLocation: location,
  region: toRegion(index, span),
});

function toRegion(index: LineIndex, span: Span): object {
  const [start, end] = [index.at(span.start), index.at(span.end)];
  return { startLine: start.line, startColumn: start.column, endLine: end.line, endColumn: end.column };
}

const toFix = ({ location, index }: Artifact, { title, safety, edits }: Fix): object => ({
  description: { text: `${title} (${safety})` },
  artifactChanges: [
    {
      artifactLocation: location,
      replacements: edits.map(({ span, newText }) => ({
        deletedRegion: toRegion(index, span),
        insertedContent: { text: newText },
      })),
    },
  ],
});

/** Each part of a path is encoded by itself: a name may hold blanks, `%`, `#` and `:`. */
function toLocation(shown: string, cwd: string): object {
  const relative = relativePath(cwd, shown);
  if (path.isAbsolute(relative)) return { uri: pathToFileURL(relative).href };
  return { uri: relative.split('/').map(encodeURIComponent).join('/'), uriBaseId: BASE };
}
