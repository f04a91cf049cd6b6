import type { Inventory } from '../zfs/inventory';

/** What is known beside the text of a policy file, without asking anybody: all of it may be old, or missing. */
export interface Known {
  /** What the ssh configuration of this machine calls hosts. */
  readonly aliases: readonly string[];
  /** Those of the hosts of this file, as far as somebody had them read. */
  readonly inventories: readonly Inventory[];
  /** Unix seconds. */
  readonly now: number;
}

export const NOTHING_KNOWN: Known = { aliases: [], inventories: [], now: 0 };

export const inventoryOf = ({ inventories }: Known, host: string): Inventory | undefined =>
  inventories.find((inventory) => inventory.host === host);
