/** `zfs send -R` and `-I`: a package of the streams of many snapshots (zfs_send of libzfs_sendrecv.c). */
import { refuseCopies } from '../copies';
import { isReadable } from '../keys';
import { openProblem } from '../names';
import { failed, textOf } from '../outcome';
import type { Outcome } from '../outcome';
import type { State } from '../state';
import type { PackedDataset, PackageRecord, StreamRecord } from '../stream';
import { mustFind } from '../tree';
import { usageError } from '../usage';
import { datasetSteps } from './dataset-steps';
import type { SendStep } from './dataset-steps';
import { estimateLine, sizeOf, totalLine } from './estimate-lines';
import { gather } from './gather';
import { tellsDatasets } from './send-options';
import type { SendOptions } from './send-options';
import { snapshotRecords } from './snapshot-records';

export function sendMany(state: State, fullName: string, options: SendOptions): Outcome {
  if (options.from?.includes('#')) return failed(state, 'Error: multiple snapshots cannot be sent from a bookmark.');
  if (!fullName.includes('@')) return failed(state, 'Error: Unsupported flag with filesystem or bookmark.');
  const [top = '', to = ''] = fullName.split('@');
  const problem = openProblem(state, top, 'dataset');
  if (problem !== undefined) return failed(state, problem);
  const base = baseOf(state, top, options);
  if (typeof base === 'object') return base;
  const { from, isFromOrigin } = { from: base, isFromOrigin: options.from !== undefined && base === undefined };
  if (from !== undefined) {
    const missing = openProblem(state, `${top}@${from}`, 'snapshot');
    if (missing !== undefined) return failed(state, missing);
  }
  const missing = openProblem(state, fullName, 'snapshot');
  if (missing !== undefined) return failed(state, missing);
  const gathered = tellsDatasets(options)
    ? gather(state, { top, to, ...(from !== undefined && { from }), options })
    : undefined;
  if (gathered?.isRefused)
    return failed(state, [...gathered.said, `warning: cannot send '${fullName}': backup failed`]);
  if (options.isRecursive) refuseCopies('zfs send -R', gathered?.datasets ?? []);
  const header: PackageRecord = {
    kind: 'package',
    toName: fullName,
    ...(from !== undefined && gathered && { fromSnapshot: from }),
    isRecursive: options.isRecursive,
    isRaw: options.isRaw,
    hasHolds: options.hasHolds,
    ...(gathered && { datasets: gathered.datasets }),
  };
  const names = options.isRecursive ? inSendingOrder(gathered?.datasets ?? []) : [top];
  const steps = names.flatMap((name) =>
    datasetSteps(state, mustFind(state, name), { to, ...(from !== undefined && { from }), isFromOrigin, options }),
  );
  return carry(state, { header, steps, said: gathered?.said ?? [] }, options);
}

/** The name after `@` of the base, an outcome where zfs refuses it, undefined for none. */
function baseOf(state: State, top: string, { from }: SendOptions): string | undefined | Outcome {
  if (from === undefined || !from.includes('@')) return from;
  const [dataset = '', name = ''] = from.split('@');
  if (state.datasets.get(top)?.origin === from) return undefined;
  if (dataset !== '' && dataset !== top)
    return usageError(state, 'send', 'incremental source must be in same filesystem');
  return /[@/]/.test(name) ? usageError(state, 'send', 'invalid incremental source') : name;
}

/** Parents before children, and an origin before its clones. */
function inSendingOrder(datasets: readonly PackedDataset[]): readonly string[] {
  const holder = new Map(datasets.flatMap((each) => each.snapshots.map((snapshot) => [snapshot.guid, each.name])));
  const sent = new Set<string>();
  for (let before = -1; before !== sent.size;) {
    before = sent.size;
    for (const { name, parentGuid, originGuid } of datasets) {
      const needed = [parentGuid, originGuid].flatMap((guid) => holder.get(guid ?? '') ?? []);
      if (needed.every((each) => sent.has(each) || each === name)) sent.add(name);
    }
  }
  return [...sent];
}

interface Cargo {
  readonly header: PackageRecord;
  readonly steps: readonly SendStep[];
  /** What was said while the datasets were looked at. */
  readonly said: readonly string[];
}

function carry(state: State, { header, steps, said }: Cargo, options: SendOptions): Outcome {
  const sendable = steps.flatMap((step) => ('sent' in step ? [step] : []));
  const warnings = steps.flatMap((step) => ('warning' in step ? step.warning : []));
  const lines = options.isVerbose
    ? [
        ...sendable.map(({ sent, from }) => estimateLine(sent, from, options.isParsable)),
        totalLine(
          sendable.reduce((sum, { sent }) => sum + sizeOf(sent), 0),
          options.isParsable,
        ),
      ]
    : [];
  const last = steps.at(-1);
  const isRefused = last !== undefined && 'warning' in last;
  if (options.isDryRun) {
    const stderr = textOf([...said, ...warnings]);
    return { state, stdout: textOf(lines), stderr, exitCode: warnings.length > 0 ? 1 : 0 };
  }
  // zfs goes over everything once to hold it, and once to send it; what it finds missing at the end of the first stops it.
  if (isRefused) {
    const stderr = textOf([...said, ...lines, ...warnings]);
    return { state, stdout: '', stderr, exitCode: 1, stream: { records: [header], isCut: true } };
  }
  const records: StreamRecord[] = [header];
  for (const { sent } of sendable) {
    if (!sent.isRaw && !isReadable(state, sent.dataset)) {
      const why = `warning: cannot send '${sent.dataset.name}@${sent.snapshot.name}': source key must be loaded`;
      return {
        state,
        stdout: '',
        stderr: textOf([...said, ...lines, why]),
        // 2.1 forgets the error when it has written the end of the package.
        exitCode: state.release === '2.1' ? 0 : 1,
        stream: { records: [...records, { kind: 'conclusion' }] },
      };
    }
    records.push(...snapshotRecords(sent));
  }
  records.push({ kind: 'conclusion' });
  const stderr = textOf([...said, ...lines, ...warnings, ...warnings]);
  return { state, stdout: '', stderr, exitCode: warnings.length > 0 ? 1 : 0, stream: { records } };
}
