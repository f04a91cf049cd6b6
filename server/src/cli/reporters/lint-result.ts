import type { BaselineEntry } from '../../core/lint/baseline';
import type { Finding } from '../../core/lint/finding';

/** What became of one file of `lint`. */
export type LintResult = LintedFile | UnreadFile;

export interface LintedFile {
  readonly kind: 'linted';
  /** As it was typed, or as it was found below a folder that was typed. */
  readonly path: string;
  /** As it was read. Empty, as `text` is, for a file that has nothing to report or to fix: of thousands few have. */
  readonly original: string;
  /** What the spans of the findings point into: the original, or what the fixes made of it. */
  readonly text: string;
  readonly findings: readonly Finding[];
  /** Why it has no findings, where that is not because nothing is wrong. */
  readonly unchecked?: string;
  /** How many findings the baseline left out. */
  readonly known?: number;
  /** What the baseline has of it and is no longer found. */
  readonly gone?: readonly BaselineEntry[];
}

export interface UnreadFile {
  readonly kind: 'unread';
  readonly path: string;
  readonly message: string;
  /** True when the argument names nothing that could be linted, false when reading it failed. */
  readonly wrongUse: boolean;
}
