/** What one `zfs receive` knows while it works; records arrive one by one. */
import type { Assignment } from '../property-edits';
import type { State } from '../state';
import type { StreamRecord } from '../stream';

export interface Session {
  /** Set anew by the driver before each record: other commands may have changed it. */
  state: State;
  readonly out: string[];
  readonly err: string[];
  /** Said when the snapshot has arrived. */
  readonly late: string[];
  readonly options: ReceiveOptions;
  /** Who receives; root where nobody is named. */
  readonly user?: string | undefined;
  /** The first dataset that was received: `-o` counts there. */
  top?: string;
  mountsAtEnd: boolean;
  /** Numbers the names that zfs gives to what it cannot destroy. */
  renames: number;
}

export interface ReceiveOptions {
  /** As typed: DATASET or DATASET@SNAPSHOT. */
  readonly target: string;
  readonly naming: 'as-typed' | 'without-pool' | 'last-name';
  readonly isResumable: boolean;
  readonly isForced: boolean;
  readonly mounts: boolean;
  readonly isDryRun: boolean;
  readonly isVerbose: boolean;
  readonly skipsHolds: boolean;
  readonly set: readonly Assignment[];
  readonly ignored: readonly string[];
}

/** Takes the next record; undefined is the end of what arrived, whether the stream was whole or cut. */
export type Receiving<T> = Generator<undefined, T, StreamRecord | undefined>;

export type Result = 'received' | 'failed';

/** Says why, as zfs_error does. */
export function refuse(session: Session, prefix: string, why: string): Result {
  session.err.push(`${prefix}: ${why}`);
  return 'failed';
}
