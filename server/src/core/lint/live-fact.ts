/** Something that an inventory shows about a policy, and that the policy's author would want to know. Plain data. */
export interface LiveFact {
  /** A policy by its name: of an entry with several targets one of them. */
  readonly policy: string;
  /** A key of the policy: where the fact is told. */
  readonly at: 'source' | 'target';
  /** What is the case, what will happen, what to do; no trailing full stop. */
  readonly message: string;
  /** Which inventory shows it, and how old that is. Completes "as of …". */
  readonly asOf: string;
  /** Children of the source that could be left out, relative to it: the fact is gone without them. */
  readonly excludable?: readonly string[];
}
