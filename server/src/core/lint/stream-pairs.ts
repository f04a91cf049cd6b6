import { datasetKey } from '../runbook/runbook';
import type { Runbook } from '../runbook/runbook';
import type { Transfer } from '../runbook/transfers';
import type { DatasetUse } from '../runbook/dataset-use';

/** A stream of which both ends are named. */
export type PairedTransfer = Transfer & { readonly source: DatasetUse; readonly target: DatasetUse };

/** The streams of each source→target pair of a document, in its order. Nothing arrives by a receive that is a dry run. */
export function streamPairs({ transfers }: Runbook): readonly (readonly PairedTransfer[])[] {
  const pairs = new Map<string, PairedTransfer[]>();
  for (const transfer of transfers) {
    if (!isPaired(transfer) || transfer.receive?.command?.flags['dryRun']) continue;
    const { source, target } = transfer;
    const key = `${datasetKey(source.route, source.key)}\n${datasetKey(target.route, target.key)}`;
    const pair = pairs.get(key);
    if (pair) pair.push(transfer);
    else pairs.set(key, [transfer]);
  }
  return [...pairs.values()];
}

const isPaired = (transfer: Transfer): transfer is PairedTransfer =>
  transfer.source !== undefined && transfer.target !== undefined;
