/**
 * A host of the model, as far as an inventory tells of it. What an inventory does not hold gets a neutral value:
 *
 * - keys: all datasets have the same key, so no increment is refused for another one, and a loaded key opens all below its root;
 *   what a raw chain depends on, the ivsetguid, the inventory does hold;
 * - properties: only those of the inventory; a value whose origin was not read counts as set on its dataset; that properties were
 *   received before is known only where one of them is seen;
 * - snapshots: `written` is the growth since the snapshot before, at least what the snapshot alone keeps; a hold was taken now;
 * - permissions: whoever runs the commands is root.
 *
 * OpenZFS releases between the two that the model knows are played as the later one.
 */
import { BLANK } from '../model/new-state';
import { effective } from '../model/properties';
import type { Bookmark, Crypto, Dataset, Pool, Release, Snapshot, State } from '../model/state';
import type * as seen from '../zfs/inventory';
import { poolOf } from '../zfs/names';
import { parseResumeToken } from '../zfs/token';
import { compareVersions } from '../zfs/version-output';

/** `now` is in Unix seconds. */
export function stateOf(inventory: seen.Inventory, now: number): State {
  const datasets = new Map<string, Dataset>();
  const state: State = {
    release: releaseOf(inventory),
    now,
    seed: `foreseen ${inventory.host}`,
    drawn: 0,
    pools: poolsOf(inventory),
    datasets,
    keyFiles: {},
  };
  // Parents come first, so what a property inherits is there when it is looked at.
  for (const dataset of inventory.datasets)
    datasets.set(dataset.name, withProperties(state, datasetOf(dataset, now), dataset));
  for (const root of unreadRoots(inventory)) datasets.set(root.name, root);
  return state;
}

const releaseOf = ({ zfsVersion }: seen.Inventory): Release =>
  zfsVersion.kernel !== '' && compareVersions(zfsVersion.kernel, '2.2') < 0 ? '2.1' : '2.3';

function poolsOf({ pools, datasets }: seen.Inventory): ReadonlyMap<string, Pool> {
  const txgs = new Map<string, number>();
  const found = new Map<string, Pool>();
  for (const { name, createtxg, snapshots, bookmarks } of datasets) {
    const pool = poolOf(name);
    const versions = [...snapshots, ...bookmarks].map((version) => Number(version.createtxg));
    const latest = versions.reduce((a, b) => Math.max(a, b), Number(createtxg));
    txgs.set(pool, Math.max(latest, txgs.get(pool) ?? 1));
    // A pool that was not read has a name and a history all the same.
    found.set(pool, { name: pool, device: pool, guid: '0', size: 0, txg: 1 });
  }
  for (const { name, guid, size } of pools) found.set(name, { name, device: name, guid, size, txg: 1 });
  return new Map([...found].map(([name, pool]) => [name, { ...pool, txg: txgs.get(name) ?? 1 }]));
}

function datasetOf(dataset: seen.Dataset, now: number): Dataset {
  const { name, kind, guid, createtxg, referenced, written, volsize, origin, mounted, mountpoint } = dataset;
  return {
    ...BLANK,
    name,
    kind,
    guid,
    createtxg: Number(createtxg),
    creation: 0,
    referenced,
    written,
    snapshots: dataset.snapshots.map((snapshot, index) => snapshotOf(snapshot, dataset.snapshots[index - 1], now)),
    bookmarks: dataset.bookmarks.map((bookmark) => ({ ...versionOf(bookmark), referenced: 0 })),
    ...(volsize !== undefined && { local: { volsize: String(volsize) } }),
    ...(origin !== undefined && { origin }),
    ...(mounted && { mount: { path: mountpoint?.value ?? `/${name}`, readonly: dataset.readonly.value === 'on' } }),
    ...cryptoOf(dataset),
    ...partialOf(dataset),
  };
}

function versionOf({ name, guid, ivsetguid, createtxg, creation }: seen.Bookmark): Omit<Bookmark, 'referenced'> {
  const version = { name, guid, createtxg: Number(createtxg), creation };
  return ivsetguid === undefined ? version : { ...version, ivsetguid };
}

/** There are hundreds of thousands: what they have in common is one object. */
const NONE = {};

function snapshotOf(snapshot: seen.Snapshot, before: seen.Snapshot | undefined, now: number): Snapshot {
  const { name, guid, ivsetguid, creation, used, referenced, holds } = snapshot;
  const plain = {
    name,
    guid,
    createtxg: Number(snapshot.createtxg),
    creation,
    referenced,
    written: Math.max(used, referenced - (before?.referenced ?? 0)),
    holds: holds.length === 0 ? NONE : Object.fromEntries(holds.map((tag) => [tag, now])),
    local: NONE,
    received: NONE,
  };
  return ivsetguid === undefined ? plain : { ...plain, ivsetguid };
}

function cryptoOf(dataset: seen.Dataset): { readonly crypto?: Crypto } {
  const { name, encryption, encryptionRoot: root, keyFormat = 'passphrase', keyStatus } = dataset;
  if (root === undefined) return {};
  const wrapping = { key: '', salt: dataset.pbkdf2Salt ?? '0' };
  const atRoot: Partial<Crypto> = {
    keyLocation: dataset.keyLocation ?? 'prompt',
    ...(keyStatus === 'available' && { loaded: wrapping }),
  };
  return {
    crypto: {
      suite: encryption,
      root,
      keyFormat,
      iterations: dataset.pbkdf2Iters ?? 0,
      masterKey: '',
      wrapping,
      ...(root === name && atRoot),
    },
  };
}

/** A token that cannot be read tells nothing; the plan refuses it anyway. */
function partialOf({ resumeToken, snapshots }: seen.Dataset): Pick<Dataset, 'partial' | 'inconsistent'> {
  const token = resumeToken === undefined ? undefined : parseResumeToken(resumeToken);
  if (token?.ok !== true) return {};
  const { toName, toGuid, fromGuid, raw, bytes } = token.value;
  return {
    // A raw increment begins on its base alone, with -F and without.
    partial: {
      toName,
      toGuid,
      ...(fromGuid !== undefined && { fromGuid, originGuid: fromGuid }),
      isRaw: raw,
      bytes,
      referenced: bytes,
    },
    ...(snapshots.length === 0 && { inconsistent: true }),
  };
}

/** As the model would show them otherwise, a value from above needs no place of its own. */
function withProperties(state: State, dataset: Dataset, found: seen.Dataset): Dataset {
  const { mountpoint, canmount, readonly } = found;
  let placed = dataset;
  for (const [name, property] of Object.entries({ mountpoint, canmount, readonly })) {
    if (property === undefined) continue;
    const { value, source } = property;
    if (source === 'received')
      placed = { ...placed, received: { ...placed.received, [name]: value }, hasReceived: true };
    else if (source === 'local' || effective(state, placed, name)?.value !== value)
      placed = { ...placed, local: { ...placed.local, [name]: value } };
  }
  return placed;
}

/** The encryption root of a clone need not stand above it, so it may not have been read: an empty one takes its place. */
function unreadRoots({ datasets }: seen.Inventory): readonly Dataset[] {
  const names = new Set(datasets.map(({ name }) => name));
  return datasets.flatMap((dataset) => {
    const { encryptionRoot: root } = dataset;
    if (root === undefined || names.has(root)) return [];
    return [
      {
        ...BLANK,
        name: root,
        kind: 'filesystem' as const,
        guid: '0',
        createtxg: 1,
        creation: 0,
        ...cryptoOf({ ...dataset, name: root }),
      },
    ];
  });
}
