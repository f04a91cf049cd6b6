import type { AllowedVersions } from '../zfs/allowed-versions';
import type { Cron } from './cron';

/**
 * A policy file with every default filled in: what the plan reads. `parsePolicy` alone makes these values,
 * so a Policy in hand has names that ZFS accepts and hosts that exist.
 */
export interface PolicyFile {
  readonly version: 1;
  readonly hosts: Readonly<Record<string, HostEntry>>;
  /** By name. */
  readonly policies: Readonly<Record<string, Policy>>;
}

export interface HostEntry {
  readonly name: string;
  /** `user@host[:port]` or an alias of ~/.ssh/config; absent for this machine. */
  readonly ssh?: string;
  readonly local: boolean;
  readonly elevate: 'none' | 'sudo' | 'doas';
  /** `SHA256:…` of the key that it must show. */
  readonly hostKey?: string;
}

export type Intent = 'vault' | 'standby';
export type Route = 'direct' | 'relay';

export interface Endpoint {
  /** A key of `hosts`. */
  readonly host: string;
  readonly dataset: string;
}

/** One source and one target. An entry of the file that lists several targets is as many policies. */
export interface Policy {
  /** A key of `PolicyFile.policies`: that of the entry, with `:HOST` of the target where the entry has several. */
  readonly name: string;
  /** The key under `policies` in the text. Hold tags are made of it, so they stay when a target joins. */
  readonly entry: string;
  readonly intent: Intent;
  readonly source: Endpoint;
  readonly target: Endpoint;
  readonly recursive: boolean;
  /** Children left out, relative to the source dataset, e.g. `scratch` or `app/cache`. */
  readonly exclude: readonly string[];
  readonly snapshots: { readonly prefix: string };
  readonly send: { readonly raw: boolean; readonly intermediates: boolean };
  readonly receive: {
    readonly mount: boolean;
    readonly force: 'never' | 'rollback';
    readonly resumable: boolean;
    /** Properties set by `-o` on every property-bearing receive. */
    readonly set: Readonly<Record<string, string>>;
    /** Properties left out by `-x`. */
    readonly ignore: readonly string[];
  };
  readonly keys: { readonly location: string; readonly load: 'never' | 'manual' };
  readonly transport: {
    readonly route: Route;
    /** Bytes per second. */
    readonly limit?: number;
    /** The target as the source reaches it, `user@host[:port]`, where that differs from its `ssh`. */
    readonly address?: string;
    /** `user@host[:port]`, as the source reaches it. */
    readonly jump?: string;
  };
  readonly guard: {
    /** Bytes. */
    readonly maxEstimate?: number;
    /** Bytes. */
    readonly minFree?: number;
    /** One of them has to fit. */
    readonly versions?: readonly AllowedVersions[];
  };
  readonly retention: { readonly source?: Keep; readonly target?: Keep };
  readonly schedule?: Schedule;
  readonly window?: Window;
  readonly standby?: Standby;
  readonly escrow?: Escrow;
  /** The target is a replica and nothing else. */
  readonly replica: boolean;
}

export type Period = 'hourly' | 'daily' | 'weekly' | 'monthly' | 'yearly';

export interface Keep {
  /** Of each period, how many; and `within`, an age in seconds. */
  readonly keep: Readonly<Partial<Record<Period | 'within', number>>>;
}

/** Either `every` or `cron`. */
export interface Schedule {
  /** Seconds. */
  readonly every?: number;
  readonly cron?: Cron;
  readonly zone: string;
}

/** Minutes since midnight; over midnight where `to` is before `from`. */
export interface Window {
  readonly from: number;
  readonly to: number;
  readonly zone: string;
}

/** Days are `YYYY-MM-DD`, and so are those of an escrow. */
export interface Standby {
  readonly keyHolders: readonly string[];
  readonly procedure: string;
  readonly rehearsed: string;
  /** Seconds. */
  readonly every?: number;
}

export interface Escrow {
  readonly place: string;
  readonly keeper: string;
  readonly restored: string;
  /** Seconds. */
  readonly every?: number;
}
