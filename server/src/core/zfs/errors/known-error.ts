/** One row of the table of error texts. */
export interface KnownError {
  /** Kebab-case and stable: plans name it where a failure counts as done. */
  readonly code: string;
  readonly pattern: RegExp;
  /** What is wrong, without a full stop. */
  readonly meaning: string;
  /** What to do, without a full stop. */
  readonly advice: string;
}
