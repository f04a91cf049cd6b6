/**
 * The commands that read a host: five, a sixth when only some datasets are wanted, and one more for every
 * hundred kilobytes of held snapshots. Their number does not grow with the number of datasets.
 */
import { printCommand } from './print-command';
import { ancestorsOf } from './names';
import { parseRows } from './tab-output';

/** What a command of the inventory reads. */
export type InventoryPart = 'version' | 'pools' | 'datasets' | 'snapshots' | 'holds' | 'processes';

export interface InventoryCommand {
  readonly part: InventoryPart;
  readonly argv: readonly string[];
}

/** A command with what it printed. */
export interface InventoryOutput {
  readonly part: InventoryPart;
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

const DATASET_PROPERTIES = [
  'type',
  'guid',
  'createtxg',
  'encryption',
  'encryptionroot',
  'keystatus',
  'keyformat',
  'keylocation',
  'pbkdf2salt',
  'pbkdf2iters',
  'mountpoint',
  'canmount',
  'mounted',
  'readonly',
  'used',
  'referenced',
  'written',
  'volsize',
  'origin',
  'receive_resume_token',
] as const;

/** ivsetguid is left out of `zfs list`'s own documentation, but can be listed, and without a key (2.1 and 2.3). */
export const SNAPSHOT_COLUMNS = [
  'name',
  'guid',
  'ivsetguid',
  'createtxg',
  'creation',
  'used',
  'referenced',
  'userrefs',
] as const;

export const POOL_COLUMNS = ['name', 'guid', 'health', 'size', 'free'] as const;

/**
 * The commands to run first. With `roots`, only these datasets and what is below them are read, and of the
 * datasets above them the properties without the snapshots. A root that does not exist makes its command fail,
 * but the rows of the others are printed.
 */
export function inventoryCommands(roots: readonly string[] = []): readonly InventoryCommand[] {
  const above = [...new Set(roots.flatMap(ancestorsOf))].toSorted();
  return [
    { part: 'version', argv: printCommand({ program: 'zfs', subcommand: 'version', flags: {}, operands: [] }) },
    { part: 'pools', argv: poolsCommand() },
    { part: 'datasets', argv: datasetsCommand(roots, true) },
    ...(above.length === 0 ? [] : [{ part: 'datasets', argv: datasetsCommand(above, false) } as const]),
    { part: 'snapshots', argv: snapshotsCommand(roots) },
    { part: 'processes', argv: ['ps', '-A', '-o', 'pid=', '-o', 'args='] },
  ];
}

/** Linux takes 128 KiB in one argument, and an ssh command is one argument of the remote shell. */
const MAX_OPERAND_LENGTH = 100_000;

/** The commands to run next: the tags of the snapshots that have holds (`userrefs` above 0). */
export function holdsCommands(outputs: readonly InventoryOutput[]): readonly InventoryCommand[] {
  const batches: string[][] = [];
  let length = Infinity;
  for (const snapshot of outputs.flatMap(heldSnapshots)) {
    // Two quotes and a space come on top once the command is text.
    length += snapshot.length + 3;
    if (length > MAX_OPERAND_LENGTH) {
      batches.push([]);
      length = snapshot.length + 3;
    }
    batches.at(-1)?.push(snapshot);
  }
  return batches.map((operands) => ({
    part: 'holds',
    argv: printCommand({ program: 'zfs', subcommand: 'holds', flags: { scripted: true }, operands }),
  }));
}

function heldSnapshots(output: InventoryOutput): readonly string[] {
  if (output.part !== 'snapshots') return [];
  const { rows } = parseRows(output.stdout, SNAPSHOT_COLUMNS.length);
  return rows.flatMap(({ fields }) => {
    const references = fields.at(-1) ?? '-';
    return /^[1-9]/.test(references) ? (fields[0] ?? []) : [];
  });
}

function poolsCommand(): readonly string[] {
  const flags = { scripted: true, exact: true, columns: POOL_COLUMNS.join(',') } as const;
  return printCommand({ program: 'zpool', subcommand: 'list', flags, operands: [] });
}

function datasetsCommand(operands: readonly string[], below: boolean): readonly string[] {
  const flags = {
    scripted: true,
    exact: true,
    ...(below && operands.length > 0 ? { recursive: true as const } : {}),
    types: 'filesystem,volume',
    columns: 'name,property,value,source',
  } as const;
  return printCommand({
    program: 'zfs',
    subcommand: 'get',
    flags,
    operands: [DATASET_PROPERTIES.join(','), ...operands],
  });
}

function snapshotsCommand(operands: readonly string[]): readonly string[] {
  const flags = {
    scripted: true,
    exact: true,
    ...(operands.length > 0 ? { recursive: true as const } : {}),
    types: 'snapshot,bookmark',
    columns: SNAPSHOT_COLUMNS.join(','),
  } as const;
  return printCommand({ program: 'zfs', subcommand: 'list', flags, operands });
}
