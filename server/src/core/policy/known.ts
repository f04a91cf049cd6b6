import type { Inventory } from '../zfs/inventory';
import type { IncludedFiles } from './include-graph';

/** What is known beside the text of a policy file, without asking anybody: all of it may be old, or missing. */
export interface Known {
  /** What the ssh configuration of this machine calls hosts. */
  readonly aliases: readonly string[];
  /** Those of the hosts of this file, as far as somebody had them read. */
  readonly inventories: readonly Inventory[];
  /** Unix seconds. */
  readonly now: number;
  /** What the file includes, as far as it was read. */
  readonly included?: IncludedFiles;
  /** Policy files that it could include, as they would be written. */
  readonly paths?: readonly string[];
}

export const NOTHING_KNOWN: Known = { aliases: [], inventories: [], now: 0 };

export const inventoryOf = ({ inventories }: Known, host: string): Inventory | undefined =>
  inventories.find((inventory) => inventory.host === host);
