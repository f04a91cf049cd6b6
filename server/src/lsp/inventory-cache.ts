import type { Inventory } from '../core/zfs/inventory';
import { isSameUri } from './uris';

/** The newest inventory of each host that a person had read in this session. */
export interface InventoryCache {
  readonly put: (policyUri: string, inventory: Inventory) => void;
  /** Those of the hosts of policy files; of one host the first file's. */
  readonly of: (...policyUris: readonly string[]) => readonly Inventory[];
  /** Calls the listener after every `put`. */
  readonly onChange: (listener: () => void) => void;
}

export function createInventoryCache(): InventoryCache {
  const newest = new Map<string, { readonly policyUri: string; readonly inventory: Inventory }>();
  const listeners: (() => void)[] = [];
  return {
    put(policyUri, inventory) {
      // One name can stand for two machines in two policy files.
      newest.set(JSON.stringify([policyUri, inventory.host]), { policyUri, inventory });
      for (const listener of listeners) listener();
    },
    of(...policyUris) {
      const found = policyUris.flatMap((uri) =>
        [...newest.values()].filter((known) => isSameUri(known.policyUri, uri)).map(({ inventory }) => inventory),
      );
      // In reverse, so that the first one stays.
      return [...new Map(found.toReversed().map((inventory) => [inventory.host, inventory])).values()].toReversed();
    },
    onChange: (listener) => void listeners.push(listener),
  };
}
