import type { Policy, PolicyFile } from '../policy/policy';
import type { Outage } from './outage';

/** What is simulated: a policy, and what happens to the machines that it names. */
export interface Scenario {
  readonly policy: Policy;
  /** Unix seconds: the beginning of day 1. */
  readonly start: number;
  readonly days: number;
  /** Seconds from run to run. */
  readonly every: number;
  /** Bytes that are written at the source in a second. */
  readonly churn: number;
  readonly outages: readonly Outage[];
  /** False: as if the bases were not held, by a tool that does not or after somebody released them. */
  readonly placesHolds: boolean;
  /** True: whoever runs the policy also keeps a bookmark of the base. */
  readonly keepsBookmark: boolean;
  /** Present where other policies bring the source. */
  readonly chain?: Chain;
}

export interface Chain {
  /** In which each machine has one name. */
  readonly file: PolicyFile;
  /** That of the first source first. */
  readonly bringers: readonly Bringer[];
}

export interface Bringer {
  readonly policy: Policy;
  /** Seconds from run to run. */
  readonly every: number;
}
