import type { Span, TextEdit } from '../text/span';

export type Severity = 'error' | 'warning' | 'information';

/**
 * `safe` means that it cannot change the outcome of a run that works today; `--fix` and fix-on-save apply
 * those only.
 */
export type Safety = 'safe' | 'unsafe';

export interface Fix {
  readonly title: string;
  readonly safety: Safety;
  readonly edits: readonly TextEdit[];
}

export interface RelatedPlace {
  readonly span: Span;
  readonly message: string;
}

/** What a rule yields; the engine adds the rule's id and the severity in force. */
export interface Report {
  readonly span: Span;
  /** What is wrong, what will happen, what to do; no trailing full stop. */
  readonly message: string;
  /** Only where it differs from the rule's own, e.g. a warning where something is unknown. */
  readonly severity?: Severity;
  /** Reported by the strict profile only, where the rule itself is not. */
  readonly strictOnly?: boolean;
  readonly fixes?: readonly Fix[];
  readonly related?: readonly RelatedPlace[];
}

/** One result of a rule. Fixes are sorted, safe ones first. */
export interface Finding {
  readonly rule: string;
  readonly severity: Severity;
  readonly span: Span;
  readonly message: string;
  readonly fixes: readonly Fix[];
  readonly related: readonly RelatedPlace[];
}
