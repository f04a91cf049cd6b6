import type { ParsedPolicy } from '../policy/parse-policy';
import type { Runbook } from '../runbook/runbook';
import type { LintContext } from './document';
import type { Report, Severity } from './finding';
import type { LiveFact } from './live-fact';

/**
 * A rule is a value: its metadata, its page and its check. The engine owns suppression, severity, order
 * and crashes. Examples are run as tests.
 */
export type Rule = RunbookRule | PolicyRule;

interface RuleBase {
  /** Kebab-case, final: other things depend on it. */
  readonly id: string;
  /** One line: what it finds. */
  readonly summary: string;
  readonly severity: Severity;
  /** Reported by the strict profile only. */
  readonly strictOnly?: true;
  /** Markdown: why it matters, with the evidence of real OpenZFS; what to do; when not to. */
  readonly docs: string;
  readonly examples: { readonly bad: readonly BadExample[]; readonly good: readonly string[] };
}

/**
 * A text in which the rule finds exactly what the caret lines mark. A caret line is a comment whose carets
 * stand under the finding in the line above, followed by the start of its message; it is stripped before linting.
 */
export interface BadExample {
  readonly text: string;
  /** The text after all fixes, safe and unsafe; linting it again with this rule finds nothing fixable. */
  readonly fixed?: string;
  /** The OpenZFS version that is declared, for what depends on it. */
  readonly zfsVersion?: string;
  /** What stands beside the file, by name. */
  readonly files?: Readonly<Record<string, string>>;
  /** What an inventory shows, for the rule that tells it. */
  readonly live?: readonly LiveFact[];
}

export interface RunbookRule extends RuleBase {
  readonly kind: 'runbook';
  readonly check: (runbook: Runbook, context: LintContext) => Iterable<Report>;
}

export interface PolicyRule extends RuleBase {
  readonly kind: 'policy';
  readonly check: (policy: LintedPolicy, context: LintContext) => Iterable<Report>;
}

/** A policy file as it was read, and as it is written: comments mean nothing to a policy, and something to a reader. */
export interface LintedPolicy extends ParsedPolicy {
  readonly text: string;
}

export const defineRule = <R extends Rule>(rule: R): R => rule;
