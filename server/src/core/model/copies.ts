/** Packages find datasets by the guids of their snapshots: of two that have the same, zfs keeps one, or aborts (libzfs_sendrecv.c, 2.3.2). */
import { notModelled } from './outcome';

interface Holder {
  readonly name: string;
  readonly snapshots: readonly { readonly guid: string }[];
}

/** `what` is done with datasets of which no two may have a snapshot in common. */
export function refuseCopies(what: string, datasets: readonly Holder[]): void {
  const holders = new Map<string, string>();
  for (const { name, snapshots } of datasets)
    for (const { guid } of snapshots) {
      const other = holders.get(guid);
      if (other !== undefined) notModelled(`${what} where ${other} and ${name} have a snapshot in common`);
      holders.set(guid, name);
    }
}
