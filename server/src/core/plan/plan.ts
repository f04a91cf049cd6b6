import type { Endpoint, Intent, Route } from '../policy/policy';
import type { Afterwards } from './afterwards';

/**
 * What a run will do, as plain data. A plan is made of a policy, an inventory and a time, and of nothing
 * else; its digest names it, so what was approved is what is run.
 */
export interface Plan {
  readonly schema: 1;
  /** ISO 8601, UTC: the `now` that the plan was made with. */
  readonly createdAt: string;
  /** sha256 of the jobs, hex. */
  readonly digest: string;
  /** One job for each policy. */
  readonly jobs: readonly Job[];
}

export interface Job {
  readonly policy: string;
  readonly intent: Intent;
  readonly source: Endpoint;
  readonly target: Endpoint;
  /** The policy that brings the source: nothing is taken there, and what has come is sent onward. */
  readonly broughtBy?: string;
  readonly status: 'ready' | 'up-to-date' | 'conflict';
  /** Why nothing may run; empty unless the status is `conflict`. */
  readonly conflicts: readonly Conflict[];
  /** What the reader should know before approving: kept children, pending adoption, what is not done. */
  readonly notes: readonly string[];
  readonly steps: readonly Step[];
  /**
   * True when the steps end before the policy is fulfilled (an interrupted transfer is finished first):
   * the run looks at the hosts again and makes the next plan.
   */
  readonly continues: boolean;
  /** What the run must prove afterwards, dataset by dataset. */
  readonly expect: readonly Expectation[];
  /** What the hosts will hold then, where somebody looked ahead; it follows from the rest, so the digest leaves it out. */
  readonly afterwards?: Afterwards;
}

/** Something that a plan will not overrule. `choices` says what the reader can do. */
export interface Conflict {
  readonly code: ConflictCode;
  /** Where: a dataset, snapshot or bookmark name. */
  readonly subject: string;
  readonly message: string;
  readonly choices: readonly string[];
}

export type ConflictCode =
  | 'source-missing'
  | 'not-brought'
  | 'source-unencrypted'
  | 'clear-child'
  | 'key-loaded'
  | 'foreign-snapshot'
  | 'diverged'
  | 'modified'
  | 'no-base'
  | 'mounted'
  | 'stale-token'
  | 'token-not-raw'
  | 'target-exists'
  | 'target-pool-missing'
  | 'renamed'
  | 'name-too-long'
  | 'guard'
  | 'window'
  | 'unsupported'
  | 'another-run';

export type Step = CommandStep | StreamStep;

/** One command on one host. */
export interface CommandStep {
  readonly kind: 'command';
  /** Stable within the plan, e.g. `s3`. */
  readonly id: string;
  readonly purpose: 'snapshot' | 'hold' | 'release' | 'set' | 'bookmark' | 'abort' | 'destroy';
  /** What it does, for people. */
  readonly title: string;
  readonly host: string;
  readonly command: readonly string[];
  /** A failure with one of these known errors counts as done, e.g. a hold that is there already. */
  readonly tolerates: readonly string[];
  /** Held back until the verification has passed (moving the hold, destroying what retention does not keep). */
  readonly afterProof: boolean;
}

/** One send into one receive. */
export interface StreamStep {
  readonly kind: 'stream';
  readonly id: string;
  readonly purpose: 'resume' | 'increment' | 'full' | 'adopt';
  readonly title: string;
  /** The source host and its `zfs send`. */
  readonly host: string;
  readonly command: readonly string[];
  /** The target host and its `zfs receive`. */
  readonly receiver: { readonly host: string; readonly command: readonly string[] };
  readonly route: Route;
  /** Bytes per second. */
  readonly limit?: number;
  readonly address?: string;
  /** The jump host of the direct route. */
  readonly jump?: string;
  /** Source dataset, and the snapshot that the target must hold afterwards (the part after `@`). */
  readonly dataset: string;
  readonly snapshot: string;
  readonly targetDataset: string;
  /** Bytes, as far as the inventory alone can tell. */
  readonly estimate?: number;
  /** How to learn better: absent where nothing of the stream exists before the run. */
  readonly dryRun?: DryRun;
}

/** Measures the part of a stream that exists now. */
export interface DryRun {
  readonly command: readonly string[];
  /** Bytes, from the inventory (`written`): the part that the run has yet to snapshot. */
  readonly plus: number;
}

/** A dataset of the target as it must be after the run. */
export interface Expectation {
  readonly source: string;
  readonly target: string;
  readonly kind: 'filesystem' | 'volume';
  /** Snapshot names that source and target must share with equal guid and ivsetguid. */
  readonly snapshot: string;
  /** The encryption root that the target dataset must have; absent where the source is unencrypted. */
  readonly encryptionRoot?: string;
  /** The root that it has instead until more has come to a relay: an adoption takes two snapshots that all have. */
  readonly rootForNow?: string;
}
