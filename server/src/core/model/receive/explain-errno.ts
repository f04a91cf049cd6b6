/** What zfs makes of the kernel's errors (the end of zfs_receive_one of libzfs_sendrecv.c). */
import { tokenOf } from '../resume-token';
import type { State } from '../state';
import type { Begin, Errno } from './begin-check';

export interface Failure extends Begin {
  readonly prefix: string;
  readonly isResumable: boolean;
  /** Before this receive. */
  readonly hadPartial: boolean;
}

/** The line to print; undefined where zfs says nothing. */
export function failureLine(state: State, errno: Errno, failure: Failure): string {
  const { name, snapshot, prefix } = failure;
  if (errno === 'EEXIST' || errno === 'ENOENT') {
    if (errno === 'ENOENT') return `${prefix}: dataset does not exist`;
    return `cannot restore to ${name}@${snapshot}: destination already exists`;
  }
  return `${prefix}: ${REASONS[errno](failure, state)}`;
}

type Reason = (failure: Failure, state: State) => string;

const REASONS: Readonly<Record<Exclude<Errno, 'EEXIST' | 'ENOENT'>, Reason>> = {
  ENODEV: ({ name }) => `most recent snapshot of ${name} does not\nmatch incremental source`,
  ETXTBSY: ({ name }) => `destination ${name} has been modified\nsince most recent snapshot`,
  EACCES: () => 'inherited key must be loaded',
  EPERM: () => 'permission denied',
  EKEY: () => 'encryption key does not match existing key',
  'ESTALE-IVSET': () =>
    "IV set guid mismatch. See the 'zfs receive' man page section\n discussing the limitations of raw encrypted send streams.",
  EBUSY: ({ name, hadPartial }) =>
    hadPartial ? `destination ${name} contains partially-complete state from "zfs receive -s".` : 'dataset is busy',
  EINVAL: ({ begin, isResumable }, { release }) => {
    if (begin.hasEmbedded && !(isResumable && release === '2.1'))
      return 'incompatible embedded data stream feature with encrypted receive.';
    return isResumable ? 'kernel modules must be upgraded to receive this stream.' : 'invalid backup stream';
  },
  ETRUNCATED: ({ name, isResumable }, { datasets }) => {
    const partial = datasets.get(name)?.partial;
    if (isResumable && partial) {
      return [
        'checksum mismatch or incomplete stream.',
        'Partially received snapshot is saved.',
        'A resuming stream can be generated on the sending system by running:',
        `    zfs send -t ${tokenOf(partial)}`,
      ].join('\n');
    }
    return 'incomplete stream';
  },
};
