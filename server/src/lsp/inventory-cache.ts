import type { Inventory } from '../core/zfs/inventory';

/** The newest inventory of each host that a person had read in this session. */
export interface InventoryCache {
  readonly put: (policyUri: string, inventory: Inventory) => void;
  readonly all: () => readonly Inventory[];
  /** Calls the listener after every `put`. */
  readonly onChange: (listener: () => void) => void;
}

export function createInventoryCache(): InventoryCache {
  const newest = new Map<string, Inventory>();
  const listeners: (() => void)[] = [];
  return {
    put(policyUri, inventory) {
      // One name can stand for two machines in two policy files.
      newest.set(JSON.stringify([policyUri, inventory.host]), inventory);
      for (const listener of listeners) listener();
    },
    all: () => [...newest.values()],
    onChange: (listener) => void listeners.push(listener),
  };
}
