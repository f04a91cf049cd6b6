import { ownFixes } from '../policy/open-file';
import { parsePolicy } from '../policy/parse-policy';
import { readRunbook } from '../runbook/read-runbook';
import type { Runbook } from '../runbook/runbook';
import { mayMatter, tooLarge } from '../runbook/text-gate';
import { span } from '../text/span';
import type { TextEdit } from '../text/span';
import type { LintedPolicy, Rule } from './define-rule';
import type { Document, LintContext } from './document';
import { fittingFixes } from './fitting-fixes';
import { documentKind } from './document-kind';
import type { Finding, Fix, Report, Safety, Severity } from './finding';
import { RULES } from './rules/index';
import { unusedSuppression } from './rules/unused-suppression';
import { indexSuppressions, suppressionsAt } from './suppression-index';
import { commentKind } from './suppression-comment';
import { readSuppressions } from './suppressions';
import type { Suppression } from './suppressions';

/**
 * Every finding of a document, in the order of the text. Never throws: a rule that fails becomes one finding. A
 * document of another kind, or without a word of ours, has none. A runbook that was read before is not read again.
 */
export function lintDocument(document: Document, context: LintContext, runbook?: Runbook): readonly Finding[] {
  const kind = documentKind(document);
  if (kind === undefined || (kind === 'runbook' && !mayMatter(document.text))) return [];
  const excess = tooLarge(document.text);
  if (excess !== undefined) return [tooLargeFinding(excess)];
  const subject: Subject =
    kind === 'policy'
      ? { kind: 'policy', value: { ...parsePolicy(document.text, context.included), text: document.text } }
      : { kind: 'runbook', value: runbook ?? readRunbook(document) };
  const found = RULES.flatMap((rule) => [...runRule(rule, subject, context)]);
  return applySuppressions(document, kind === 'runbook' ? distinct(found) : found, context);
}

/** The runbook that `lintDocument` would read; undefined for a document that it has nothing to read in. */
export function runbookOf(document: Document): Runbook | undefined {
  const { text } = document;
  const isRead = documentKind(document) === 'runbook' && mayMatter(text) && tooLarge(text) === undefined;
  return isRead ? readRunbook(document) : undefined;
}

/** `hidden` is what the profile or the settings silence; it still counts as suppressed by a comment. */
interface Candidate {
  readonly finding: Finding;
  readonly hidden: boolean;
}

type Subject =
  | { readonly kind: 'policy'; readonly value: LintedPolicy }
  | { readonly kind: 'runbook'; readonly value: Runbook };

function* runRule(rule: Rule, subject: Subject, context: LintContext): Iterable<Candidate> {
  if (rule.kind !== subject.kind) return;
  try {
    for (const report of check(rule, subject, context)) {
      const severity = severityOf(rule, report, context);
      const fixes =
        subject.kind === 'runbook'
          ? fittingFixes(report.fixes ?? [], subject.value)
          : ownFixes(report.fixes ?? [], subject.value.inclusions);
      const finding = toFinding(rule.id, severity ?? report.severity ?? rule.severity, { ...report, fixes });
      yield { finding, hidden: severity === undefined };
    }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const message = `this rule failed and its findings are missing, please report it: ${reason}`;
    yield { finding: toFinding(rule.id, 'information', { span: span(0, 0), message }), hidden: false };
  }
}

function check(rule: Rule, subject: Subject, context: LintContext): Iterable<Report> {
  if (rule.kind === 'runbook' && subject.kind === 'runbook') return rule.check(subject.value, context);
  if (rule.kind === 'policy' && subject.kind === 'policy') return rule.check(subject.value, context);
  return [];
}

/** Undefined when the profile or the settings silence it. A severity that was set by hand wins over the profile. */
function severityOf(rule: Pick<Rule, 'id' | 'severity' | 'strictOnly'>, report: Report, context: LintContext) {
  const { profile = 'recommended', severities } = context;
  const chosen = severities?.[rule.id];
  if (chosen) return chosen === 'off' ? undefined : chosen;
  const severity = report.severity ?? rule.severity;
  if (profile === 'minimal' && severity !== 'error') return undefined;
  if (profile !== 'strict' && (rule.strictOnly || report.strictOnly)) return undefined;
  return severity;
}

function toFinding(rule: string, severity: Severity, report: Report): Finding {
  const { message, fixes = [], related = [] } = report;
  return { rule, severity, span: report.span, message, fixes: fixes.toSorted(bySafety), related };
}

const bySafety = (a: Fix, b: Fix): number => Number(a.safety === 'unsafe') - Number(b.safety === 'unsafe');

function tooLargeFinding(excess: string): Finding {
  const message = `this document is not analysed because ${excess}; split it to have it checked`;
  return toFinding('document-too-large', 'information', { span: span(0, 0), message });
}

const WEIGHT: Readonly<Record<Severity, number>> = { error: 0, warning: 1, information: 2 };

/** A command that is followed several times (a function, a loop) has one finding, the gravest. */
function distinct(candidates: readonly Candidate[]): readonly Candidate[] {
  const kept = new Map<string, Candidate>();
  for (const candidate of candidates) {
    const { rule, span: at, severity } = candidate.finding;
    const key = `${rule} ${at.start} ${at.end}`;
    const other = kept.get(key);
    if (!other || WEIGHT[severity] < WEIGHT[other.finding.severity]) kept.set(key, candidate);
  }
  return [...kept.values()];
}

function applySuppressions(
  document: Document,
  candidates: readonly Candidate[],
  context: LintContext,
): readonly Finding[] {
  const suppressions = readSuppressions(document.text, commentKind(document));
  const index = indexSuppressions(suppressions);
  const used = new Set<Suppression>();
  const isSilenced = (finding: Finding): boolean => {
    if (context.noSuppress?.includes(finding.rule)) return false;
    const matching = suppressionsAt(index, finding.rule, finding.span.start);
    for (const entry of matching) used.add(entry);
    return matching.length > 0;
  };
  const rest = candidates.flatMap(({ finding, hidden }) => (isSilenced(finding) || hidden ? [] : [finding]));
  const complaints = (about: readonly Suppression[]): readonly Finding[] =>
    about.flatMap((entry) => complaint(entry, used.has(entry), context)).filter((finding) => !isSilenced(finding));
  // Those of unused-suppression itself come last: whether they are used is known only then.
  const [own, others] = [suppressions.filter(isOfThisRule), suppressions.filter((entry) => !isOfThisRule(entry))];
  return [...rest, ...complaints(others), ...complaints(own)].toSorted(byPlace);
}

const isOfThisRule = ({ rule }: Suppression): boolean => rule === unusedSuppression.id;

/** A suppression must suppress something and say why. */
function complaint(suppression: Suppression, isUsed: boolean, context: LintContext): readonly Finding[] {
  if (isUsed && suppression.reason !== '') return [];
  const report = isUsed ? withoutReason(suppression) : withoutEffect(suppression, context);
  const severity = severityOf(unusedSuppression, report, context);
  return severity ? [toFinding(unusedSuppression.id, severity, report)] : [];
}

/** Removing this one brings a finding back, which nobody wants to happen on saving. */
function withoutReason({ span: at, rule, removal }: Suppression): Report {
  const message = `this suppression of ${rule} gives no reason, so nobody can tell later whether it still holds: add \`-- why\` after the rule`;
  return { span: at, message, fixes: removalFix(removal, 'unsafe') };
}

const removalFix = (removal: TextEdit | undefined, safety: Safety): readonly Fix[] =>
  removal ? [{ title: 'Remove the suppression', safety, edits: [removal] }] : [];

function withoutEffect({ ruleSpan, rule, removal }: Suppression, { noSuppress }: LintContext): Report {
  const message = noSuppress?.includes(rule)
    ? `the configuration lets no comment suppress ${rule}, so this one does nothing: remove it`
    : `${whyUseless(rule)}, and the comment would hide a later mistake: remove it`;
  return { span: ruleSpan, message, fixes: removalFix(removal, 'safe') };
}

function whyUseless(rule: string): string {
  if (rule === '') return 'this suppression names no rule, so it suppresses nothing';
  return RULES.some(({ id }) => id === rule)
    ? `${rule} finds nothing here`
    : `there is no rule ${rule}, so nothing is suppressed`;
}

const byPlace = (a: Finding, b: Finding): number =>
  a.span.start - b.span.start || a.span.end - b.span.end || WEIGHT[a.severity] - WEIGHT[b.severity];
