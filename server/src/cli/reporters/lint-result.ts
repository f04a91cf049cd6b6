import type { Finding } from '../../core/lint/finding';

/** What became of one argument of `lint`. */
export type LintResult = LintedFile | UnreadFile;

export interface LintedFile {
  readonly kind: 'linted';
  /** As it was typed. */
  readonly path: string;
  /** As it was read. */
  readonly original: string;
  /** What the spans of the findings point into: the original, or what the fixes made of it. */
  readonly text: string;
  readonly findings: readonly Finding[];
  /** False for a file of a kind that Rawsend does not read, which has no findings for that reason. */
  readonly understood: boolean;
}

export interface UnreadFile {
  readonly kind: 'unread';
  readonly path: string;
  readonly message: string;
  /** True when the argument names nothing that could be linted, false when reading it failed. */
  readonly wrongUse: boolean;
}
