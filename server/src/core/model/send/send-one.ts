/** `zfs send [-i FROM] SNAPSHOT`: the stream of one snapshot (zfs_send_one of libzfs_sendrecv.c). */
import { isReadable } from '../keys';
import { openProblem } from '../names';
import { failed, notModelled, textOf } from '../outcome';
import type { Outcome } from '../outcome';
import type { State, Version } from '../state';
import { findSnapshot } from '../tree';
import type { StreamRecord } from '../stream';
import { estimateLine, sizeOf, totalLine } from './estimate-lines';
import { gather } from './gather';
import { isPackage } from './send-options';
import type { SendOptions } from './send-options';
import { sentBy, snapshotRecords } from './snapshot-records';
import type { Sent } from './snapshot-records';

export function sendOne(state: State, fullName: string, options: SendOptions): Outcome {
  const warnings: string[] = [];
  const from = baseName(fullName, options, warnings);
  const problem = openProblem(state, fullName, 'any');
  if (problem !== undefined) return failed(state, [...warnings, problem]);
  if (!fullName.includes('@')) return notModelled('zfs send of a file system without a snapshot');
  const { dataset, snapshot } = sentBy(state, fullName);
  const cannot = (why: string): Outcome => failed(state, [...warnings, `warning: cannot send '${fullName}': ${why}`]);
  if (from?.includes('@')) {
    const missing = openProblem(state, from, 'any');
    if (missing !== undefined) return failed(state, [...warnings, missing]);
    if (!isEarlier(state, from, fullName)) return cannot('not an earlier snapshot from the same fs');
  }
  const isElsewhere = from?.includes('#') === true && from.split('#')[0] !== dataset.name;
  const base = from === undefined ? undefined : findBase(state, from);
  const header = headerOf(state, fullName, options);
  if ('refusal' in header)
    return failed(state, [...warnings, ...header.refusal, `warning: cannot send '${fullName}': backup failed`]);
  if (base && from?.includes('#') && (isElsewhere || base.createtxg >= snapshot.createtxg))
    return cannot(options.isVerbose ? 'Invalid cross-device link' : 'not an earlier snapshot from the same fs');
  if (from !== undefined && base === undefined)
    return cannot(options.isVerbose ? 'No such process' : `incremental source (${from}) does not exist`);
  const isClone = from !== undefined && from.split('@')[0] !== dataset.name && from.includes('@');
  const isRaw = options.isRaw && dataset.crypto !== undefined;
  const sent: Sent = {
    dataset,
    snapshot,
    ...(base && { from: base }),
    isRaw,
    isClone,
    hasEmbedded: options.isRaw && !isRaw,
  };
  const lines = options.isVerbose
    ? [estimateLine(sent, from, options.isParsable), totalLine(sizeOf(sent), options.isParsable)]
    : [];
  if (options.isDryRun) return { state, stdout: textOf(lines), stderr: textOf(warnings), exitCode: 0 };
  if (!isRaw && !isReadable(state, dataset)) {
    return {
      ...cannot('dataset key must be loaded'),
      stderr: textOf([...warnings, ...lines, `warning: cannot send '${fullName}': dataset key must be loaded`]),
    };
  }
  const records: readonly StreamRecord[] =
    header.records.length === 0
      ? snapshotRecords(sent)
      : [...header.records, ...snapshotRecords(sent), { kind: 'conclusion' }];
  return { state, stdout: '', stderr: textOf([...warnings, ...lines]), exitCode: 0, stream: { records } };
}

/** `@a` and `#a` mean the same dataset; a bare name is taken for a snapshot's, with a warning. */
function baseName(fullName: string, { from }: SendOptions, warnings: string[]): string | undefined {
  if (from === undefined) return undefined;
  if (!/[@#]/.test(from)) {
    warnings.push(
      "Warning: incremental source didn't specify type, assuming snapshot. Use '@' or '#' prefix to avoid ambiguity.",
    );
  }
  const typed = /[@#]/.test(from) ? from : `@${from}`;
  return /^[@#]/.test(typed) ? fullName.split('@')[0] + typed : typed;
}

function findBase(state: State, from: string): Version | undefined {
  if (from.includes('@')) return findSnapshot(state, from);
  const [name = '', bookmark] = from.split('#');
  return state.datasets.get(name)?.bookmarks.find((each) => each.name === bookmark);
}

/** In the same dataset, or in the one that this was cloned from. */
function isEarlier(state: State, from: string, to: string): boolean {
  const earlier = findSnapshot(state, from);
  const later = findSnapshot(state, to);
  if (earlier === undefined || later === undefined || earlier.createtxg >= later.createtxg) return false;
  const [dataset = ''] = to.split('@');
  if (dataset === from.split('@')[0]) return true;
  const origin = state.datasets.get(dataset)?.origin;
  return origin !== undefined && (origin === from || isEarlier(state, from, origin));
}

function headerOf(
  state: State,
  fullName: string,
  options: SendOptions,
): { readonly records: readonly StreamRecord[] } | { readonly refusal: readonly string[] } {
  if (!isPackage(options)) return { records: [] };
  const [top = '', to = ''] = fullName.split('@');
  const gathered = gather(state, { top, to, options: { ...options, isRecursive: false, hasIntermediates: false } });
  if (gathered.isRefused) return { refusal: gathered.said };
  return {
    records: [
      {
        kind: 'package',
        toName: fullName,
        isRecursive: false,
        isRaw: options.isRaw,
        hasHolds: options.hasHolds,
        datasets: gathered.datasets,
      },
    ],
  };
}
