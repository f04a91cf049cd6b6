/** One fact that was looked up on the target and compared. */
export interface Check {
  /** Kebab-case and stable, e.g. `key-not-loaded`. */
  readonly id: string;
  readonly dataset: string;
  readonly ok: boolean;
  readonly expected: string;
  readonly found: string;
  /** What the check proves, and what it does not. */
  readonly proves: string;
}
