import type { Command } from '../../../server/src/core/zfs/command';
import { isWithin, parentOf, snapshotParts } from '../../../server/src/core/zfs/names';
import type { FakeToken } from './fake-token';

export interface FakeVersion {
  name: string;
  guid: string;
  ivsetguid: string;
  txg: number;
  holds: Set<string>;
}

export interface FakeDataset {
  name: string;
  kind: 'filesystem' | 'volume';
  encrypted: boolean;
  /** The name of its encryption root; its own name where it is one. */
  root: string;
  keyLocation: string;
  keyLoaded: boolean;
  mounted: boolean;
  written: number;
  properties: Map<string, string>;
  snapshots: FakeVersion[];
  bookmarks: FakeVersion[];
  token?: FakeToken;
}

export interface FakeResult {
  code: number;
  stdout: string;
  stderr: string;
}

export const succeeded = (stdout = ''): FakeResult => ({ code: 0, stdout, stderr: '' });
export const failed = (stderr: string, code = 1): FakeResult => ({ code, stdout: '', stderr: `${stderr}\n` });

/**
 * The datasets of one host, with just the behaviour that plans rely on. Every rule here cites what was measured
 * on real OpenZFS; the zfs-lab's tests run the same engine against it.
 */
export interface FakePool {
  readonly datasets: Map<string, FakeDataset>;
  readonly add: (name: string, options?: Partial<FakeDataset>) => FakeDataset;
  /** Runs a command that changes something. */
  readonly apply: (command: Command) => FakeResult;
  readonly nextTxg: () => number;
}

/** One counter for both hosts, so that no guid comes twice. */
let lastGuid = 1000;

export function createFakePool(name: string): FakePool {
  const datasets = new Map<string, FakeDataset>();
  let txg = 10;
  const pool: FakePool = {
    datasets,
    nextTxg: () => (txg += 1),
    add(dataset, options = {}) {
      const added = {
        name: dataset,
        kind: 'filesystem',
        encrypted: false,
        root: dataset,
        keyLocation: 'prompt',
        keyLoaded: false,
        mounted: false,
        written: 0,
        properties: new Map(),
        snapshots: [],
        bookmarks: [],
        ...options,
      } satisfies FakeDataset;
      datasets.set(dataset, added);
      return added;
    },
    apply: (command) => (COMMANDS[command.subcommand] ?? unknown)(pool, command),
  };
  pool.add(name);
  return pool;
}

export const below = (pool: FakePool, top: string): FakeDataset[] =>
  [...pool.datasets.values()].filter(({ name }) => isWithin(name, top)).toSorted((a, b) => (a.name < b.name ? -1 : 1));

export function newVersion(pool: FakePool, name: string): FakeVersion {
  lastGuid += 1;
  return { name, guid: String(lastGuid), ivsetguid: String(lastGuid + 500_000), txg: pool.nextTxg(), holds: new Set() };
}

/** Gives a dataset the root of its parent: what ZFS calls force-inherit. */
export function inheritRoot(pool: FakePool, dataset: FakeDataset): void {
  const parent = pool.datasets.get(parentOf(dataset.name) ?? '');
  const from = dataset.root;
  const to = parent?.root ?? dataset.name;
  for (const one of below(pool, dataset.name)) if (one.root === from) one.root = to;
  dataset.keyLocation = 'none';
}

type Apply = (pool: FakePool, command: Command) => FakeResult;

const unknown: Apply = (_, { subcommand }) => failed(`unrecognized command '${subcommand}'`, 2);

const COMMANDS: Readonly<Record<string, Apply>> = { snapshot: takeSnapshot, hold, release, set: setProperties };

/** Atomic: one name that exists makes none ("no snapshots were created", measured on 2.3.2). */
function takeSnapshot(pool: FakePool, { flags, operands }: Command): FakeResult {
  const wanted = operands.flatMap((operand) => {
    const { dataset, name } = snapshotParts(operand) ?? { dataset: operand, name: '' };
    const found = flags['recursive'] === true ? below(pool, dataset) : [pool.datasets.get(dataset)];
    return found.map((one) => ({ dataset: one, name }));
  });
  if (wanted.some(({ dataset }) => dataset === undefined)) return failed('cannot open: dataset does not exist');
  const taken = wanted.find(({ dataset, name }) => dataset?.snapshots.some((one) => one.name === name));
  if (taken !== undefined) return failed(`cannot create snapshot '${taken.name}': dataset already exists`);
  for (const { dataset, name } of wanted) {
    dataset?.snapshots.push(newVersion(pool, name));
    if (dataset !== undefined) dataset.written = 0;
  }
  return succeeded();
}

/** Not atomic: the other snapshots of the command get their hold all the same (measured on 2.3.2). */
function hold(pool: FakePool, { operands: [tag = '', ...snapshots] }: Command): FakeResult {
  const refused = snapshots.filter((name) => {
    const snapshot = findSnapshot(pool, name);
    if (snapshot === undefined || snapshot.holds.has(tag)) return true;
    snapshot.holds.add(tag);
    return false;
  });
  return refused.length === 0
    ? succeeded()
    : failed(`cannot hold snapshot '${refused[0]}': tag already exists on this dataset`);
}

function release(pool: FakePool, { operands: [tag = '', ...snapshots] }: Command): FakeResult {
  const refused = snapshots.filter((name) => !(findSnapshot(pool, name)?.holds.delete(tag) ?? false));
  return refused.length === 0
    ? succeeded()
    : failed(`cannot release hold from snapshot '${refused[0]}': no such tag on this dataset`);
}

function setProperties(pool: FakePool, { operands: [assignment = '', ...names] }: Command): FakeResult {
  const [property = '', value = ''] = assignment.split('=');
  for (const name of names) {
    const dataset = pool.datasets.get(name);
    if (dataset === undefined) return failed(`cannot open '${name}': dataset does not exist`);
    if (property !== 'keylocation') dataset.properties.set(property, value);
    else if (dataset.root === name) dataset.keyLocation = value;
    else return failed('keylocation may only be set on encryption roots', 255);
  }
  return succeeded();
}

export function findSnapshot(pool: FakePool, full: string): FakeVersion | undefined {
  const { dataset, name } = snapshotParts(full) ?? { dataset: '', name: '' };
  return pool.datasets.get(dataset)?.snapshots.find((one) => one.name === name);
}
