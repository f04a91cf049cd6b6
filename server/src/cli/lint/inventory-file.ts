import type { Inventory } from '../../core/zfs/inventory';
import { usageFailure, worldFailure } from '../failure';
import { readTextFile } from '../text-file';

/** Reads what `rawsend inventory HOST --format json` printed. Throws a Failure when it is something else. */
export async function readInventoryFile(file: string): Promise<Inventory> {
  const read = await readTextFile(file);
  if (!read.ok) throw (read.error.wrongUse ? usageFailure : worldFailure)(`${file} ${read.error.reason}`);
  const hint = "Make one with 'rawsend inventory HOST --format json'";
  let value: unknown;
  try {
    value = JSON.parse(read.value.text);
  } catch {
    throw usageFailure(`${file} is not JSON`, hint);
  }
  if (!isInventory(value))
    throw usageFailure(`${file} is not an inventory that this version of rawsend understands`, hint);
  return value;
}

/** The outline only: the file was written by this program. */
function isInventory(value: unknown): value is Inventory {
  if (typeof value !== 'object' || value === null) return false;
  const { schema, host, datasets, pools }: Partial<Record<keyof Inventory, unknown>> = value;
  return schema === 1 && typeof host === 'string' && Array.isArray(datasets) && Array.isArray(pools);
}
