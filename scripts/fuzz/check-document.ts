import { isDeepStrictEqual } from 'node:util';
import { applyFixes } from '../../server/src/core/lint/apply-fixes';
import type { Document, LintContext } from '../../server/src/core/lint/document';
import { documentKind } from '../../server/src/core/lint/document-kind';
import type { Finding } from '../../server/src/core/lint/finding';
import { lintDocument } from '../../server/src/core/lint/lint-document';
import { parsePolicy } from '../../server/src/core/policy/parse-policy';
import { hoverRunbook } from '../../server/src/core/runbook/hover-runbook';
import { countSteps } from '../../server/src/core/runbook/read-runbook';
import { applyEdits } from '../../server/src/core/text/span';
import type { Span } from '../../server/src/core/text/span';
import { readYaml } from '../../server/src/core/yaml/read-yaml';
import { readTree } from '../../server/src/core/yaml/yaml-tree';
import { shellProblems } from './shell-problems';

/** What is wrong with what Rawsend makes of a document. */
export interface Defect {
  /** Stays the same while the document is made smaller. */
  readonly kind: 'crash' | 'rule-failed' | 'parts' | 'range' | 'overlap' | 'fix-breaks-text' | 'too-many-steps';
  readonly detail: string;
}

export type Lint = (document: Document, context: LintContext) => readonly Finding[];

/** The first defect, or none: holds for any text whatever. */
export function checkDocument(document: Document, context: LintContext, lint: Lint = lintDocument): Defect | undefined {
  try {
    const findings = lint(document, context);
    return (
      failedRule(findings) ??
      firstOf(findings, (finding) => wrongRange(document.text, finding)) ??
      brokenFix(document, findings) ??
      excessiveWork(document) ??
      otherTree(document) ??
      wrongHover(document)
    );
  } catch (error) {
    return { kind: 'crash', detail: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

/** YAML is read entry by entry, which has to give what reading it as a whole does, and no mistake less. */
function otherTree(document: Document): Defect | undefined {
  if (documentKind(document) !== 'policy') return undefined;
  const [byParts, whole] = [readYaml(document.text), readTree(document.text)];
  const isSame = whole.problems.length > 0 ? byParts.problems.length > 0 : isDeepStrictEqual(byParts, whole);
  return isSame ? undefined : { kind: 'parts', detail: 'reading it entry by entry gives another tree' };
}

function failedRule(findings: readonly Finding[]): Defect | undefined {
  const failed = findings.find(({ message }) => message.includes('this rule failed'));
  return failed && { kind: 'rule-failed', detail: `${failed.rule}: ${failed.message}` };
}

function wrongRange(text: string, { rule, span, related, fixes }: Finding): Defect | undefined {
  const edits = fixes.map((fix) => fix.edits.map((edit) => edit.span));
  const outside = [span, ...related.map((place) => place.span), ...edits.flat()].find((at) => !isWithin(text, at));
  if (outside) return { kind: 'range', detail: `${rule}: ${outside.start}-${outside.end} of ${text.length}` };
  return firstOf(edits, (spans) => {
    const sorted = spans.toSorted((a, b) => a.start - b.start);
    const overlapping = sorted.find((at, index) => at.start < (sorted[index - 1]?.end ?? 0));
    return overlapping && { kind: 'overlap', detail: `${rule}: two edits of one fix at ${overlapping.start}` };
  });
}

const isWithin = (text: string, { start, end }: Span): boolean => 0 <= start && start <= end && end <= text.length;

/** A fix leaves a text that parsed parsing: each of them alone, and all safe ones together. */
function brokenFix(document: Document, findings: readonly Finding[]): Defect | undefined {
  const { text } = document;
  const fixes = findings.flatMap(({ rule, fixes: own }) => own.map((fix) => ({ rule, fix })));
  if (fixes.length === 0 || syntaxProblems(document).length > 0) return undefined;
  const results = [
    ...fixes.map(({ rule, fix }) => ({ what: `${rule}: ${fix.title}`, fixed: applyEdits(text, fix.edits) })),
    { what: 'all safe fixes', fixed: applyFixes(text, findings, 'safe') },
  ];
  return firstOf(results, ({ what, fixed }) => {
    const [problem] = syntaxProblems({ ...document, text: fixed });
    return problem === undefined
      ? undefined
      : { kind: 'fix-breaks-text', detail: `${what}: ${problem}\n--- the fixed text\n${fixed}` };
  });
}

/** Messages of the parser of that kind of document. */
function syntaxProblems(document: Document): readonly string[] {
  const kind = documentKind(document);
  if (kind === 'policy') {
    const problems = parsePolicy(document.text).problems.filter(({ rule }) => rule === 'policy-syntax');
    return problems.map(({ message }) => message);
  }
  return shellProblems(document);
}

/** Work is bounded by a multiple of the length; `growth.test.ts` has the same bound. */
export const maxSteps = (text: string): number => 3000 + text.length * 10;

function excessiveWork(document: Document): Defect | undefined {
  if (documentKind(document) === 'policy') return undefined;
  const { steps, nested } = countSteps(document);
  if (Math.max(steps, nested) <= maxSteps(document.text)) return undefined;
  const detail = `${steps} steps and ${nested} nested characters for ${document.text.length}`;
  return { kind: 'too-many-steps', detail };
}

function wrongHover(document: Document): Defect | undefined {
  const offset = document.text.search(/zfs|zpool/);
  if (offset === -1 || documentKind(document) === 'policy') return undefined;
  const hover = hoverRunbook(document, offset);
  if (!hover || isWithin(document.text, hover.span)) return undefined;
  return { kind: 'range', detail: `hover at ${offset}: ${hover.span.start}-${hover.span.end}` };
}

function firstOf<T>(values: readonly T[], look: (value: T) => Defect | undefined): Defect | undefined {
  for (const value of values) {
    const defect = look(value);
    if (defect) return defect;
  }
  return undefined;
}
