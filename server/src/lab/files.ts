import { write } from '../core/model/write';
import type { Dataset, State } from '../core/model/state';
import { Refused } from './ended';
import type { LabHost } from './host';
import { collector, EMPTY, NOWHERE, sourceOf } from './io';
import type { Sink, Source } from './io';

/** Small files outside of datasets, by path. What is written into a dataset is counted and not kept. */
export type Files = Map<string, Buffer>;

export interface OpenFile extends Sink {
  readonly close: () => void;
}

const ENDLESS = 65_536;

const DEVICES: Readonly<Record<string, () => Source>> = {
  '/dev/null': () => EMPTY,
  '/dev/zero': () => endless(Buffer.alloc(ENDLESS)),
  '/dev/urandom': () => endless(Buffer.alloc(ENDLESS, 'random')),
};

const endless = (bytes: Buffer): Source => ({ read: async () => bytes, unread: () => undefined });

export function openToRead(host: LabHost, path: string): Source {
  const device = DEVICES[path];
  if (device) return device();
  const bytes = host.files.get(path);
  if (bytes) return sourceOf(bytes);
  const dataset = datasetAt(host.state, path);
  throw new Refused(
    dataset
      ? `${path}: the lab counts what is written into ${dataset.name} and keeps none of it`
      : `${path}: No such file or directory`,
    1,
  );
}

/** @throws Refused where the path cannot be written */
export function openToWrite(host: LabHost, path: string, appends: boolean): OpenFile {
  if (path === '/dev/null') return { ...NOWHERE, close: () => undefined };
  const dataset = datasetAt(host.state, path);
  if (dataset) return intoDataset(host, dataset, path);
  const kept = collector();
  const before = appends ? host.files.get(path) : undefined;
  return { write: kept.write, close: () => keep(host, path, Buffer.concat([before ?? Buffer.alloc(0), kept.bytes()])) };
}

/** A file may be the key that a `keylocation=file://…` names. */
function keep(host: LabHost, path: string, bytes: Buffer): void {
  host.files.set(path, bytes);
  host.state = { ...host.state, keyFiles: { ...host.state.keyFiles, [path]: bytes.toString() } };
}

function intoDataset(host: LabHost, { name, mount, kind }: Dataset, path: string): OpenFile {
  if (kind === 'filesystem' && mount?.readonly) throw new Refused(`${path}: Read-only file system`, 1);
  let bytes = 0;
  return {
    write: async (chunk) => void (bytes += chunk.length),
    close: () => {
      // It may have been unmounted or destroyed since.
      const now = host.state.datasets.get(name);
      if (now && (kind === 'volume' || now.mount)) host.state = write(host.state, name, bytes);
    },
  };
}

const VOLUMES = '/dev/zvol/';

/** The volume or the mounted file system that a path is in: the one that is mounted deepest. */
function datasetAt(state: State, path: string): Dataset | undefined {
  if (path.startsWith(VOLUMES)) {
    const volume = state.datasets.get(path.slice(VOLUMES.length));
    if (volume?.kind !== 'volume') throw new Refused(`${path}: No such file or directory`, 1);
    return volume;
  }
  let found: Dataset | undefined;
  for (const dataset of state.datasets.values()) {
    const place = dataset.mount?.path;
    if (place === undefined || !`${path}/`.startsWith(place === '/' ? place : `${place}/`)) continue;
    if (place.length >= (found?.mount?.path.length ?? 0)) found = dataset;
  }
  return found;
}
