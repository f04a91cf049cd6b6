import type { Inventory } from '../zfs/inventory';
import type { HostEntry } from './policy';

/** By the host's name, or as `rawsend inventory ADDRESS` calls it; the newest where there are several. */
export function inventoryOfHost(host: HostEntry | undefined, inventories: readonly Inventory[]): Inventory | undefined {
  if (host === undefined) return undefined;
  return inventories
    .filter((inventory) => inventory.host === host.name || inventory.host === host.ssh)
    .toSorted((a, b) => Date.parse(a.takenAt) - Date.parse(b.takenAt))
    .at(-1);
}
