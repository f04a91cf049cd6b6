/** Which snapshots of one dataset a package carries, and from what (dump_filesystem of libzfs_sendrecv.c). */
import type { Dataset, Snapshot, State, Version } from '../state';
import { clonesOf, findSnapshot } from '../tree';
import { isExcluded } from './send-options';
import type { SendOptions } from './send-options';
import type { Sent } from './snapshot-records';

export type SendStep =
  | { readonly sent: Sent; /** As a verbose send shows it. */ readonly from?: string }
  | { readonly warning: readonly string[] };

export interface Range {
  readonly to: string;
  readonly from?: string;
  /** The base is the snapshot that the dataset was cloned from. */
  readonly isFromOrigin: boolean;
  readonly options: SendOptions;
}

export function datasetSteps(state: State, dataset: Dataset, range: Range): readonly SendStep[] {
  const { to, from, options } = range;
  if (isExcluded(options, dataset.name)) return [];
  const names = dataset.snapshots.map((snapshot) => snapshot.name);
  const start = from === undefined ? -1 : names.indexOf(from);
  const end = names.indexOf(to);
  if (end < 0) return [{ warning: [`WARNING: could not send ${dataset.name}@${to}: does not exist`] }];
  const isMissing = from !== undefined && start < 0;
  if (isMissing && !options.isRecursive) return [];
  const isBackwards = from !== undefined && start >= end;
  if (isBackwards && !options.isRecursive) return [{ warning: notEarlier(dataset.name, to, from, options) }];
  // With -R zfs goes on behind a base that is too late, and says only then that it was.
  const within = dataset.snapshots.slice(start + 1, isBackwards ? undefined : end + 1);
  const carried = within.filter((snapshot) => isCarried(state, dataset, snapshot, range));
  const first = start >= 0 ? dataset.snapshots[start] : undefined;
  const origin = first ? undefined : originOf(state, dataset, range);
  const steps = carried.map((snapshot, index): SendStep => {
    const before = index === 0 ? first : carried[index - 1];
    return toStep({ dataset, snapshot, before, origin: index === 0 ? origin : undefined }, options);
  });
  return isBackwards ? [...steps, { warning: notEarlier(dataset.name, to, from, options) }] : steps;
}

interface Part {
  readonly dataset: Dataset;
  readonly snapshot: Snapshot;
  readonly before: Snapshot | undefined;
  readonly origin: Version | undefined;
}

function toStep({ dataset, snapshot, before, origin }: Part, options: SendOptions): SendStep {
  const isRaw = options.isRaw && dataset.crypto !== undefined;
  const base = before ?? origin;
  const sent: Sent = {
    dataset,
    snapshot,
    ...(base && { from: base }),
    isClone: before === undefined && origin !== undefined,
    isRaw,
    hasEmbedded: options.isRaw && !isRaw,
  };
  return { sent, ...(before && { from: before.name }) };
}

/** `-R -i` carries the ends only, and what a clone of the tree needs. */
function isCarried(state: State, dataset: Dataset, snapshot: Snapshot, { to, options }: Range): boolean {
  if (options.hasIntermediates || snapshot.name === to) return true;
  return options.isRecursive && clonesOf(state, `${dataset.name}@${snapshot.name}`).length > 0;
}

function originOf(state: State, dataset: Dataset, { isFromOrigin, options }: Range): Version | undefined {
  if (dataset.origin === undefined || !(isFromOrigin || options.isRecursive)) return undefined;
  return findSnapshot(state, dataset.origin);
}

/** Without `-R`, zfs looks at what lies between the two only, and does not find the base there. */
const notEarlier = (dataset: string, to: string, from: string, { isRecursive }: SendOptions): readonly string[] => [
  `WARNING: could not send ${dataset}@${to}:`,
  `incremental source (${dataset}@${from}) ${isRecursive ? 'is not earlier than it' : 'does not exist'}`,
];
