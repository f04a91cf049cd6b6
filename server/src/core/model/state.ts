/**
 * The state of one host's pools, as far as replication depends on it. Every value is immutable: a command makes a new state
 * and shares what it did not change. Guids are strings, sizes are bytes, times are Unix seconds.
 */
export interface State {
  readonly release: Release;
  /** Whoever drives the model moves its clock. */
  readonly now: number;
  /** Guids are drawn from the seed, one after the other: the same seed and commands make the same guids. */
  readonly seed: string;
  readonly drawn: number;
  readonly pools: ReadonlyMap<string, Pool>;
  /** Of all pools, by name. */
  readonly datasets: ReadonlyMap<string, Dataset>;
  /** What `file://` key locations hold, by path. */
  readonly keyFiles: Readonly<Record<string, string>>;
}

/** The two releases that the model is held to, by their tables of flags. */
export type Release = '2.1' | '2.3';

export interface Pool {
  readonly name: string;
  /** The file that it is made of. */
  readonly device: string;
  readonly guid: string;
  readonly size: number;
  /** Counts the changes; `createtxg` comes from it. */
  readonly txg: number;
}

export interface Dataset {
  readonly name: string;
  readonly kind: 'filesystem' | 'volume';
  readonly guid: string;
  readonly createtxg: number;
  readonly creation: number;
  /** Set here; `INHERIT` hides a received value and says that the parent's counts. */
  readonly local: Values;
  readonly received: Values;
  /** Whether properties were ever received: the first time wipes the local ones (facts of 2.3.2, section e). */
  readonly hasReceived: boolean;
  readonly referenced: number;
  /** Since the newest snapshot; above 0 the next increment is refused. */
  readonly written: number;
  readonly crypto?: Crypto;
  /** Where it is mounted, and how. */
  readonly mount?: Mount;
  /** In it, made for what is mounted below. */
  readonly directories: readonly string[];
  /** Oldest first. */
  readonly snapshots: readonly Snapshot[];
  readonly bookmarks: readonly Bookmark[];
  /** The snapshot that this is a clone of, with its dataset's name. */
  readonly origin?: string;
  /** What an interrupted `receive -s` left. */
  readonly partial?: Partial;
  /** Nothing but a partial stream has ever arrived. */
  readonly inconsistent?: true;
  /**
   * A raw stream carries no accounting of users, nor is any made while a new dataset is received encrypted: the first mount that can
   * write makes it, which is a change.
   */
  readonly lacksAccounting?: true;
  /** Permissions by user, for the dataset and what is below it. */
  readonly allowed?: Readonly<Record<string, readonly string[]>>;
}

export type Values = Readonly<Record<string, string>>;

/** A local value that stands for "not here": `zfs inherit` of a property that was also received. */
export const INHERIT = '\u0000inherit';

export interface Mount {
  readonly path: string;
  readonly readonly: boolean;
}

export interface Crypto {
  /** E.g. `aes-256-gcm`. */
  readonly suite: string;
  /** The dataset whose key opens this one; itself for an encryption root. */
  readonly root: string;
  readonly keyFormat: string;
  readonly iterations: number;
  /** Names the master key, which never changes; a raw increment is refused when it differs. */
  readonly masterKey: string;
  /** What wraps the master key: the user's key, and a salt that is new at every change of it. */
  readonly wrapping: Wrapping;
  /** At a root only, as are the loaded key. */
  readonly keyLocation?: string;
  readonly loaded?: Wrapping;
}

export interface Wrapping {
  readonly key: string;
  readonly salt: string;
}

export interface Version {
  /** The part after `@` or `#`. */
  readonly name: string;
  readonly guid: string;
  readonly ivsetguid?: string;
  readonly createtxg: number;
  readonly creation: number;
  readonly referenced: number;
}

export type Bookmark = Version;

export interface Snapshot extends Version {
  /** As of a dataset: whoever clones it, or rolls back to it, has what it lacks. */
  readonly lacksAccounting?: true;
  /** Since the snapshot before. */
  readonly written: number;
  /** Tag → when it was taken. */
  readonly holds: Readonly<Record<string, number>>;
  readonly directories?: readonly string[];
  readonly local: Values;
  readonly received: Values;
  /** How many streams of this one snapshot are being sent: it is busy. */
  readonly sends?: number;
  /** `destroy -d` of a held snapshot: goes with its last hold. */
  readonly isDeferred?: true;
}

export interface Partial {
  readonly toName: string;
  readonly toGuid: string;
  readonly fromGuid?: string;
  /** Of the snapshot that the hidden clone was made of: the base, or without `-F` the newest where the newer ones changed nothing. */
  readonly originGuid?: string;
  readonly isRaw: boolean;
  /** Of the payload that has arrived. */
  readonly bytes: number;
  readonly referenced: number;
}
