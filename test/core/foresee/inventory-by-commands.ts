/** The inventory of a host of the model, read by the commands that read a real host. */
import { apply } from '../../../server/src/core/model/apply';
import type { State } from '../../../server/src/core/model/state';
import type { Inventory } from '../../../server/src/core/zfs/inventory';
import { holdsCommands, inventoryCommands } from '../../../server/src/core/zfs/inventory-commands';
import type { InventoryCommand, InventoryOutput } from '../../../server/src/core/zfs/inventory-commands';
import { readInventoryOutput } from '../../../server/src/core/zfs/read-inventory-output';

export interface Looked {
  readonly host: string;
  /** Only these datasets, what is below them and what is above them; everything when empty. */
  readonly roots?: readonly string[];
}

/** Throws for an answer that cannot be read: then the model is wrong. */
export function inventoryOf(state: State, { host, roots = [] }: Looked): Inventory {
  const first = inventoryCommands(roots).map((command) => answer(state, command));
  const second = holdsCommands(first).map((command) => answer(state, command));
  const takenAt = new Date(state.now * 1000).toISOString();
  const { inventory, problems } = readInventoryOutput({ host, takenAt, outputs: [...first, ...second] });
  const [problem] = problems;
  if (problem !== undefined) throw new Error(`the inventory of the model cannot be read: ${problem.message}`);
  return inventory;
}

/** The model has no processes: nobody else receives anything there. */
function answer(state: State, { part, argv }: InventoryCommand): InventoryOutput {
  if (part === 'processes') return { part, code: 0, stdout: '', stderr: '' };
  const { exitCode, stdout, stderr } = apply(state, argv);
  return { part, code: exitCode, stdout, stderr };
}
