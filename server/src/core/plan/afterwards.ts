/** What the hosts will hold once a job has run: the part of a plan that the model of ZFS foresees. */
export interface Afterwards {
  /** Why it ends before the last step. Where the model does not know what zfs does, nothing is said of the target. */
  readonly stop?: Stop;
  /** The target's dataset and all below it, parents first. */
  readonly target: readonly DatasetAfterwards[];
  readonly source: SourceAfterwards;
  readonly destroys: Destroyed;
}

export interface Stop {
  readonly step: string;
  /** `fails`: zfs refuses the step; `unknown`: the model does not know what zfs does. */
  readonly reason: 'fails' | 'unknown';
  readonly message: string;
}

export interface DatasetAfterwards {
  readonly name: string;
  readonly isNew: boolean;
  /** The part after `@`; absent without a snapshot. */
  readonly newestSnapshot?: string;
  readonly snapshots: number;
  /** Of them, those that are not there now. */
  readonly newSnapshots: number;
  /** Absent for an unencrypted dataset, as is the key status. */
  readonly encryptionRoot?: string;
  readonly keyStatus?: 'available' | 'unavailable';
  /** Of an encryption root. */
  readonly keyLocation?: string;
  readonly mounted: boolean;
}

/** Full names; a hold is its tag and its snapshot. */
export interface SourceAfterwards {
  readonly snapshots: readonly string[];
  readonly holds: readonly Hold[];
  readonly releases: readonly Hold[];
}

export interface Hold {
  readonly tag: string;
  readonly snapshot: string;
}

/** What is there now and will not be: on either host, by the plan's own commands. */
export interface Destroyed {
  readonly datasets: readonly { readonly host: string; readonly name: string; readonly used: number }[];
  readonly snapshots: readonly DestroyedSnapshot[];
  /** What was written to a dataset of the target since its newest snapshot. */
  readonly written: readonly { readonly host: string; readonly dataset: string; readonly bytes: number }[];
  /** The ids of steps that may destroy more, for they were not foreseen. */
  readonly unknown: readonly string[];
}

export interface DestroyedSnapshot {
  readonly host: string;
  /** `dataset@snapshot`, as it is called now. */
  readonly name: string;
  readonly referenced: number;
  /** What it alone keeps. */
  readonly used: number;
}
