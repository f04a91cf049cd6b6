import type { Inventory } from '../zfs/inventory';
import { holdsCommands, inventoryCommands } from '../zfs/inventory-commands';
import type { InventoryCommand, InventoryOutput } from '../zfs/inventory-commands';
import { readInventoryOutput } from '../zfs/read-inventory-output';
import type { Cancel, Host } from './host';
import { HostError } from './host';

export interface LookOptions {
  /** Only these datasets, what is below them and what is above them; everything when empty. */
  readonly roots?: readonly string[];
  /**
   * Pools to settle first. `written` counts what has reached the disk, up to five seconds late: a write of just
   * now is not seen without (measured on 2.3.2). Needs root; where it is refused the look goes on without.
   */
  readonly settle?: readonly string[];
  readonly cancel?: Cancel;
}

/**
 * Reads a host in two round trips, whatever the number of datasets. `now` is ISO 8601, UTC. Rejects with a
 * HostError for a host that cannot be reached, or whose answer is not whole: half an inventory would make a wrong plan.
 */
export async function readInventory(host: Host, now: string, options: LookOptions = {}): Promise<Inventory> {
  const settle = (options.settle ?? []).map((pool) => ['zpool', 'sync', pool]);
  const first = await ask(host, inventoryCommands(options.roots), { ...options, before: settle });
  const holds = holdsCommands(first);
  const second = holds.length === 0 ? [] : await ask(host, holds, { ...options, before: [] });
  const { inventory, problems } = readInventoryOutput({
    host: host.name,
    takenAt: now,
    outputs: [...first, ...second],
  });
  const [problem] = problems.filter(({ part }) => part !== 'pools');
  if (problem !== undefined) throw new HostError('unreadable', host.name, `${host.name}: ${problem.message}`);
  return inventory;
}

interface AskOptions extends LookOptions {
  /** Commands of the same round trip whose outcome does not matter. */
  readonly before: readonly (readonly string[])[];
}

async function ask(
  host: Host,
  commands: readonly InventoryCommand[],
  { before, cancel }: AskOptions,
): Promise<readonly InventoryOutput[]> {
  const all = [...before, ...commands.map(({ argv }) => argv)];
  const results = (await host.execAll(all, cancel === undefined ? {} : { cancel })).slice(before.length);
  return commands.map(({ part }, index) => {
    const result = results[index];
    if (result === undefined) throw new HostError('unreadable', host.name, `${host.name} did not answer every command`);
    return { part, code: result.code, stdout: result.stdout, stderr: result.stderr };
  });
}
