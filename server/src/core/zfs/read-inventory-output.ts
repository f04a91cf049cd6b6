import { explainZfsError } from './errors';
import { parseHoldOutput } from './hold-output';
import type { Dataset, Inventory, Pool } from './inventory';
import { POOL_COLUMNS } from './inventory-commands';
import type { InventoryOutput, InventoryPart } from './inventory-commands';
import { parsePropertyOutput } from './property-output';
import { readActiveReceives } from './process-output';
import { readDataset } from './read-dataset';
import { readSnapshotRows } from './read-snapshot-rows';
import type { OutputProblem } from './tab-output';
import { isGuid, parseCount, parseRows } from './tab-output';
import { parseVersionOutput } from './version-output';

/** Why an inventory may be incomplete. Whoever plans with one that has problems plans with less than the truth. */
export interface InventoryProblem {
  readonly code: OutputProblem['code'] | 'command-failed' | 'odd-version' | 'odd-dataset';
  readonly part: InventoryPart;
  readonly message: string;
  /** The code of the known error, for a command that failed. */
  readonly error?: string;
}

export interface InventoryRequest {
  readonly host: string;
  /** ISO 8601, UTC. */
  readonly takenAt: string;
  /** Of `inventoryCommands` and `holdsCommands`, in any order. */
  readonly outputs: readonly InventoryOutput[];
}

/**
 * Makes an inventory of what the commands printed. Never throws: odd, cut and missing output becomes problems
 * beside what could be read. A dataset that was asked for and does not exist is no problem, it is just not there.
 */
export function readInventoryOutput(request: InventoryRequest): {
  readonly inventory: Inventory;
  readonly problems: readonly InventoryProblem[];
} {
  const problems: InventoryProblem[] = request.outputs.flatMap(failureOf);
  const note = (part: InventoryPart, found: readonly OutputProblem[]): void => {
    problems.push(...found.map(({ code, line, message }) => ({ code, part, message: `line ${line}: ${message}` })));
  };
  const pools = readPools(textOf(request, 'pools'));
  const holds = parseHoldOutput(textOf(request, 'holds'));
  const snapshots = readSnapshotRows(textOf(request, 'snapshots'), holds.holds);
  const properties = parsePropertyOutput(textOf(request, 'datasets'));
  note('pools', pools.problems);
  note('holds', holds.problems);
  note('snapshots', snapshots.problems);
  note('datasets', properties.problems);
  const datasets = [...properties.datasets].flatMap(([name, facts]) => {
    const read = readDataset(name, facts, snapshots.versions.get(name));
    if (!read.ok) problems.push({ code: 'odd-dataset', part: 'datasets', message: read.error });
    return read.ok ? [read.value] : [];
  });
  const version = parseVersionOutput(textOf(request, 'version'));
  if (!version.ok) problems.push({ code: 'odd-version', part: 'version', message: version.error });
  const inventory: Inventory = {
    schema: 1,
    host: request.host,
    takenAt: request.takenAt,
    zfsVersion: version.ok ? version.value : { userland: '', kernel: '' },
    pools: pools.pools,
    datasets: datasets.toSorted(byPath),
    receives: readActiveReceives(textOf(request, 'processes')),
  };
  return { inventory, problems };
}

function textOf(request: InventoryRequest, part: InventoryPart): string {
  return request.outputs
    .filter((output) => output.part === part)
    .map((output) => output.stdout)
    .join('');
}

/** A missing dataset, or a snapshot that went away between two commands, makes zfs exit with 1 and print the rest. */
function failureOf(output: InventoryOutput): readonly InventoryProblem[] {
  // A user who may run zfs as root need not be allowed to run ps so; what is being received is then not known.
  if (output.code === 0 || output.part === 'processes') return [];
  const lines = output.stderr.split('\n').filter((line) => line.trim() !== '');
  const others = lines.filter((line) => explainZfsError(line)?.code !== 'dataset-missing');
  if (lines.length > 0 && others.length === 0 && output.code === 1) return [];
  const text = others.join('\n');
  const error = explainZfsError(text);
  const why = error === undefined ? text || 'nothing was printed' : `${error.meaning} (${error.text}); ${error.advice}`;
  const message = `reading ${output.part} ended with ${output.code}: ${why}`;
  return [
    { code: 'command-failed', part: output.part, message, ...(error === undefined ? {} : { error: error.code }) },
  ];
}

function readPools(output: string): { readonly pools: readonly Pool[]; readonly problems: readonly OutputProblem[] } {
  const { rows, problems } = parseRows(output, POOL_COLUMNS.length);
  const odd: OutputProblem[] = [];
  const pools = rows.flatMap(({ line, fields }) => {
    const [name = '', guid = '', health = '', size = '', free = ''] = fields;
    if (isGuid(guid)) {
      // A faulted pool prints `-` for its sizes.
      return [{ name, guid, health, size: parseCount(size) ?? 0, free: parseCount(free) ?? 0 }];
    }
    odd.push({ code: 'odd-number', line, message: `the pool ${name} has no guid: ${JSON.stringify(guid)}` });
    return [];
  });
  return { pools, problems: [...problems, ...odd] };
}

/** Component by component, so that `a/b` comes before `a-b`, and a parent before what is below it. */
function byPath(a: Dataset, b: Dataset): number {
  const [left, right] = [a.name.split('/'), b.name.split('/')];
  for (let i = 0; i < Math.min(left.length, right.length); i++) {
    const [x, y] = [left[i] ?? '', right[i] ?? ''];
    if (x !== y) return x < y ? -1 : 1;
  }
  return left.length - right.length;
}
