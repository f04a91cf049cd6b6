/** What a package says of its datasets (send_iterate_fs and send_iterate_snap of libzfs_sendrecv.c). */
import { childrenOf, findSnapshot, mustFind } from '../tree';
import { isRoot } from '../keys';
import { findProperty, isUserProperty } from '../property-table';
import { INHERIT } from '../state';
import type { Dataset, Snapshot, State, Values } from '../state';
import type { PackedDataset } from '../stream';
import type { SendOptions } from './send-options';

export interface Gathered {
  readonly datasets: readonly PackedDataset[];
  readonly said: readonly string[];
  /** Nothing can be sent; the last line said says why. */
  readonly isRefused?: true;
}

export interface Wanted {
  readonly top: string;
  readonly to?: string;
  readonly from?: string;
  readonly options: Pick<
    SendOptions,
    | 'isRaw'
    | 'isRecursive'
    | 'hasIntermediates'
    | 'isVerbose'
    | 'skipsMissing'
    | 'hasHolds'
    | 'hasProperties'
    | 'isBackup'
  >;
}

interface Above {
  readonly parentGuid: string;
  readonly toTxg: number;
}

export function gather(state: State, wanted: Wanted): Gathered {
  const walk: Walk = { state, wanted, found: [], said: [] };
  const isFine = visit(walk, mustFind(state, wanted.top), { parentGuid: '0', toTxg: 0 });
  return { datasets: walk.found, said: walk.said, ...(!isFine && { isRefused: true }) };
}

interface Walk {
  readonly state: State;
  readonly wanted: Wanted;
  readonly found: PackedDataset[];
  readonly said: string[];
}

function visit(walk: Walk, dataset: Dataset, above: Above): boolean {
  const { state, wanted, found, said } = walk;
  const { to, options, top } = wanted;
  const own = to === undefined ? undefined : findSnapshot(state, `${dataset.name}@${to}`);
  const toTxg = own?.createtxg ?? above.toTxg;
  if (to !== undefined && own === undefined) {
    if (above.toTxg !== 0 && dataset.createtxg > above.toTxg) {
      if (options.isVerbose) said.push(`skipping dataset ${dataset.name}: snapshot ${to} does not exist`);
      return true;
    }
    if (options.skipsMissing) {
      said.push(`WARNING: skipping dataset ${dataset.name} and its children: snapshot ${to} does not exist`);
      return true;
    }
    const how = options.isRecursive ? ' recursively' : '';
    said.push(`cannot send ${top}@${to}${how}: snapshot ${dataset.name}@${to} does not exist`);
    return false;
  }
  if (dataset.crypto && !options.isRaw) {
    const why = `encrypted dataset ${dataset.name} may not be sent with properties without the raw flag`;
    said.push(`cannot send ${top}@${to ?? ''}: ${why}`);
    return false;
  }
  const { packed, parentGuid } = pack(walk, dataset, above, toTxg);
  found.push(packed);
  if (!options.isRecursive) return true;
  return childrenOf(state, dataset.name).every((child) => visit(walk, child, { parentGuid, toTxg }));
}

function pack(
  { state, wanted: { to, from, options }, said }: Walk,
  dataset: Dataset,
  above: Above,
  toTxg: number,
): { readonly packed: PackedDataset; readonly parentGuid: string } {
  const all = options.hasIntermediates || options.isRecursive || to === undefined;
  const listed = all ? dataset.snapshots : dataset.snapshots.filter((snapshot) => snapshot.name === to);
  const snapshots = listed.filter((snapshot) => {
    if (toTxg === 0 || snapshot.createtxg <= toTxg) return true;
    const name = `${dataset.name}@${snapshot.name}`;
    if (options.isVerbose && options.isRecursive)
      said.push(`skipping snapshot ${name} because it was created after the destination snapshot (${to ?? ''})`);
    return false;
  });
  let parentGuid = '0';
  for (const { name, guid } of snapshots) if (name === from || (parentGuid === '0' && name === to)) parentGuid = guid;
  const origin = dataset.origin === undefined ? undefined : findSnapshot(state, dataset.origin);
  const hasProperties = options.hasProperties || options.isBackup || options.isRecursive;
  const entries = <T>(read: (snapshot: Snapshot) => T): Record<string, T> =>
    Object.fromEntries(snapshots.map((snapshot) => [snapshot.name, read(snapshot)]));
  const packed: PackedDataset = {
    name: dataset.name,
    parentGuid: above.parentGuid,
    ...(origin && { originGuid: origin.guid }),
    ...(hasProperties && { properties: sentProperties(dataset, options.isBackup) }),
    isEncryptionRoot: isRoot(dataset),
    snapshots: snapshots.map(({ name, guid, createtxg }) => ({ name, guid, createtxg })),
    snapshotProperties: entries((snapshot) =>
      options.isBackup ? snapshot.received : { ...snapshot.received, ...snapshot.local },
    ),
    snapshotHolds: options.hasHolds ? entries((snapshot) => Object.keys(snapshot.holds)) : {},
  };
  return { packed, parentGuid };
}

/** Local and received values travel; with `-b` the received ones only. An encryption root's key location goes along. */
function sentProperties(dataset: Dataset, isBackup: boolean): Values {
  const local = Object.entries(dataset.local).filter(([, value]) => value !== INHERIT);
  const hidden = new Set(Object.entries(dataset.local).flatMap(([name, value]) => (value === INHERIT ? [name] : [])));
  const received = Object.entries(dataset.received).filter(([name]) => isBackup || !hidden.has(name));
  const location = dataset.crypto?.keyLocation;
  const values = isBackup ? received : [...received, ...local];
  return Object.fromEntries([
    ...values.filter(([name]) => isUserProperty(name) || findProperty(name)?.kind === 'settable'),
    ...(location === undefined || isBackup ? [] : [['keylocation', location] as const]),
  ]);
}
