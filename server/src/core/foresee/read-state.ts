/**
 * The inventory of a host of the model, taken from its state. It is what the commands that read a real host would print there,
 * which a test compares; a simulation looks thousands of times, and text would be most of its work.
 */
import { isKeyLoaded } from '../model/keys';
import { effective } from '../model/properties';
import { tokenOf } from '../model/resume-token';
import { usedBy } from '../model/show/facts';
import type * as model from '../model/state';
import { byName, byPath, mustFind, subtree } from '../model/tree';
import type { Bookmark, Dataset, Inventory, Pool, Property, Snapshot } from '../zfs/inventory';
import { ancestorsOf } from '../zfs/names';
import { parseVersionOutput } from '../zfs/version-output';
import { version } from '../model/commands/version';

export interface Look {
  readonly host: string;
  /** These datasets, what is below them, and of what is above them the properties. */
  readonly roots: readonly string[];
  /** What was read before, for whoever looks again and again: a snapshot that has not changed is the same object. */
  readonly seen?: Seen;
}

export type Seen = WeakMap<model.Snapshot, Snapshot>;

export function readState(state: model.State, { host, roots, seen = new WeakMap() }: Look): Inventory {
  const within = roots.flatMap((root) => (state.datasets.has(root) ? subtree(state, root) : []));
  const found = new Map(within.map((dataset) => [dataset.name, datasetOf(state, dataset, seen)]));
  for (const name of roots.flatMap(ancestorsOf)) {
    const dataset = found.has(name) ? undefined : state.datasets.get(name);
    if (dataset) found.set(name, datasetOf(state, { ...dataset, snapshots: [], bookmarks: [] }, seen));
  }
  const parsed = parseVersionOutput(version(state).stdout);
  return {
    schema: 1,
    host,
    takenAt: new Date(state.now * 1000).toISOString(),
    zfsVersion: parsed.ok ? parsed.value : { userland: '', kernel: '' },
    pools: [...state.pools.values()].toSorted((a, b) => byName(a.name, b.name)).map((pool) => poolOf(state, pool)),
    datasets: [...found.values()].toSorted((a, b) => byPath(a.name, b.name)),
    receives: [],
  };
}

function poolOf(state: model.State, { name, guid, size }: model.Pool): Pool {
  return { name, guid, health: 'ONLINE', size, free: size - usedBy(state, mustFind(state, name)) };
}

function datasetOf(state: model.State, dataset: model.Dataset, seen: Seen): Dataset {
  const { name, kind, guid, createtxg, crypto, mount, referenced, written, origin, partial, local } = dataset;
  const isFilesystem = kind === 'filesystem';
  return {
    name,
    kind,
    guid,
    createtxg: String(createtxg),
    encryption: crypto?.suite ?? 'off',
    ...(crypto && {
      encryptionRoot: crypto.root,
      keyStatus: isKeyLoaded(state, dataset) ? 'available' : 'unavailable',
      keyFormat: crypto.keyFormat,
      keyLocation: crypto.keyLocation ?? 'none',
      ...(crypto.keyFormat === 'passphrase' && { pbkdf2Salt: crypto.wrapping.salt, pbkdf2Iters: crypto.iterations }),
    }),
    ...(isFilesystem && {
      mountpoint: propertyOf(state, dataset, 'mountpoint'),
      canmount: propertyOf(state, dataset, 'canmount'),
    }),
    mounted: mount !== undefined,
    readonly: propertyOf(state, dataset, 'readonly'),
    used: usedBy(state, dataset),
    referenced,
    written,
    ...(kind === 'volume' && { volsize: Number(local['volsize'] ?? 0) }),
    ...(origin !== undefined && { origin }),
    ...(partial && { resumeToken: tokenOf(partial) }),
    snapshots: dataset.snapshots.map((snapshot) => snapshotOf(snapshot, seen)),
    bookmarks: dataset.bookmarks.map(versionOf).toSorted((a, b) => Number(a.createtxg) - Number(b.createtxg)),
  };
}

function propertyOf(state: model.State, dataset: model.Dataset, name: string): Property {
  const { value, source } = effective(state, dataset, name) ?? { value: '-', source: '-' };
  return { value, source };
}

function versionOf({ name, guid, ivsetguid, createtxg, creation }: model.Version): Bookmark {
  const version = { name, guid, createtxg: String(createtxg), creation };
  return ivsetguid === undefined ? version : { ...version, ivsetguid };
}

/** The model has no space that a snapshot alone keeps. */
function snapshotOf(snapshot: model.Snapshot, seen: Seen): Snapshot {
  const before = seen.get(snapshot);
  if (before !== undefined) return before;
  const { name, guid, ivsetguid, createtxg, creation, referenced, holds } = snapshot;
  const tags = Object.keys(holds).toSorted();
  const plain = { name, guid, createtxg: String(createtxg), creation, used: 0, referenced, holds: tags };
  const read = ivsetguid === undefined ? plain : { ...plain, ivsetguid };
  seen.set(snapshot, read);
  return read;
}
