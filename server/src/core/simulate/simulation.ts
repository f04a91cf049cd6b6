import type { ConflictCode } from '../plan/plan';

/** What became of a policy over the days. */
export interface Simulation {
  readonly days: readonly Day[];
  /** Runs that were done, and those that an outage kept from being. */
  readonly done: number;
  readonly missed: number;
  /** The most that a run had to send, the first one apart; as much is kept at the source for the base, if all of it was overwritten. */
  readonly mostSent: number;
  /** The longest time for which the target was behind, in seconds. */
  readonly longestLag: number;
  /** Snapshots of the source that retention would have destroyed and a hold kept. */
  readonly savedByHold: readonly string[];
  readonly broken?: Break;
  /** Why the simulation could not go on: what the model does not know. */
  readonly unknown?: string;
}

export interface Day {
  /** From 1. */
  readonly day: number;
  readonly done: number;
  readonly missed: number;
  /** Of the policy, in one dataset, at the end of the day. */
  readonly sourceSnapshots: number;
  readonly targetSnapshots: number;
  /** The age of the newest snapshot that both sides have, in seconds; absent before the first run. */
  readonly lag?: number;
  /** Bytes that were written since that snapshot. */
  readonly behind: number;
  /** An outage, whole or in part. */
  readonly hasOutage: boolean;
}

export interface Break {
  /** When the chain broke, and when a run first noticed; seconds from the beginning. */
  readonly at: number;
  readonly noticedAt: number;
  readonly day: number;
  readonly noticedDay: number;
  readonly code: ConflictCode | 'step-failed';
  readonly message: string;
  /** The conflict's own. */
  readonly choices: readonly string[];
  /** The base that was destroyed, where that is the reason. */
  readonly lost?: LostBase;
  /** What the refused run would have sent. */
  readonly bytes: number;
}

export interface LostBase {
  /** `dataset@snapshot` at the source. */
  readonly snapshot: string;
  /** When it was taken, and when it was destroyed; seconds from the beginning. */
  readonly takenAt: number;
  readonly at: number;
  /** The policy whose `retention.target` that was; absent for the own `retention.source`. */
  readonly by?: string;
}
