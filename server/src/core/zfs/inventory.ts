/**
 * The facts read from one host at one time. Plain JSON-safe data: guids are strings because they are
 * unsigned 64-bit numbers, sizes are bytes, times are Unix seconds.
 */
export interface Inventory {
  readonly schema: 1;
  /** The host's name in the policy file, or the SSH destination where there is no policy. */
  readonly host: string;
  /** ISO 8601, UTC. */
  readonly takenAt: string;
  /** As `zfs version` prints it, e.g. `2.3.2`. */
  readonly zfsVersion: { readonly userland: string; readonly kernel: string };
  readonly pools: readonly Pool[];
  /** Parents before children, siblings by name. */
  readonly datasets: readonly Dataset[];
  /** What is being received there at this moment; empty also where the processes cannot be seen. */
  readonly receives?: readonly ActiveReceive[];
}

/** A `zfs receive` at work, whoever started it. */
export interface ActiveReceive {
  readonly pid: number;
  /** As the process list shows it: words joined by blanks, so a name with blanks can only be compared as a whole. */
  readonly command: string;
}

export interface Pool {
  readonly name: string;
  readonly guid: string;
  readonly health: string;
  readonly size: number;
  readonly free: number;
}

export type KeyStatus = 'available' | 'unavailable';

/** Where a property's value comes from, as zfs(8) names it; `-` for read-only properties. */
export type PropertySource = 'local' | 'received' | 'default' | 'inherited' | 'temporary' | '-';

export interface Property {
  readonly value: string;
  readonly source: PropertySource;
}

export interface Dataset {
  readonly name: string;
  readonly kind: 'filesystem' | 'volume';
  readonly guid: string;
  readonly createtxg: string;
  /** `off` or a cipher suite such as `aes-256-gcm`. */
  readonly encryption: string;
  /** Undefined for an unencrypted dataset, as are the five below. */
  readonly encryptionRoot?: string;
  readonly keyStatus?: KeyStatus;
  readonly keyFormat?: string;
  readonly keyLocation?: string;
  /** Of a passphrase alone: drawn anew at every `zfs change-key`, and so what names this wrapping of the key. An unsigned 64-bit number. */
  readonly pbkdf2Salt?: string;
  readonly pbkdf2Iters?: number;
  /** Absent for volumes, as is `canmount`. */
  readonly mountpoint?: Property;
  readonly canmount?: Property;
  readonly mounted: boolean;
  readonly readonly: Property;
  /** Bytes. */
  readonly used: number;
  readonly referenced: number;
  /** Bytes written since the newest snapshot; above 0 on a replica means that it was modified. */
  readonly written: number;
  readonly volsize?: number;
  /** The snapshot that a clone was made of. */
  readonly origin?: string;
  readonly resumeToken?: string;
  /** Oldest first, by createtxg. */
  readonly snapshots: readonly Snapshot[];
  readonly bookmarks: readonly Bookmark[];
}

export interface Bookmark {
  /** The part after `#`. */
  readonly name: string;
  readonly guid: string;
  /** Absent for an unencrypted dataset. Two versions are a usable raw base only when both guids agree. */
  readonly ivsetguid?: string;
  readonly createtxg: string;
  readonly creation: number;
}

export interface Snapshot extends Bookmark {
  /** Bytes. */
  readonly used: number;
  readonly referenced: number;
  /** Hold tags, sorted. */
  readonly holds: readonly string[];
}
