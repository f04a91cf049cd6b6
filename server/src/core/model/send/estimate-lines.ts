import { formatSize } from '../show/format-value';
import { recordSize } from '../stream';
import { snapshotRecords } from './snapshot-records';
import type { Sent } from './snapshot-records';

/** What `-v` and `-P` say of one snapshot; `from` as it is shown there: bare in packages, in full for one stream. */
export function estimateLine(sent: Sent, from: string | undefined, isParsable: boolean): string {
  const name = `${sent.dataset.name}@${sent.snapshot.name}`;
  const size = sizeOf(sent);
  if (isParsable) return from === undefined ? `full\t${name}\t${size}` : `incremental\t${from}\t${name}\t${size}`;
  const estimated = size === 0 ? '' : ` estimated size is ${formatSize(size)}`;
  if (from === undefined) return `full send of ${name}${estimated}`;
  return `send from ${/[@#]/.test(from) ? from : `@${from}`} to ${name}${estimated}`;
}

export const totalLine = (size: number, isParsable: boolean): string =>
  isParsable ? `size\t${size}` : `total estimated size is ${formatSize(size)}`;

/** What the key of a raw stream takes is not counted. */
export const sizeOf = (sent: Sent): number =>
  snapshotRecords({ ...sent, isRaw: false }).reduce((sum, record) => sum + recordSize(record), 0);
