import { randomBytes } from 'node:crypto';
import { closeSync, openSync, writeSync } from 'node:fs';
import path from 'node:path';
import type { RunEvent } from '../../core/run/event';
import type { Receipt } from '../../core/run/receipt';
import { worldFailure } from '../failure';
import { errorCode, writeAtomically } from '../text-file';
import { makePrivateFolder } from './state-folder';

/** What is left of a run: `ID.ndjson`, which others may follow while it runs, and `ID.receipt.json`. */
export interface RunFiles {
  readonly id: string;
  /** Appends one line. A full disk does not end a run that is sending: only the receipt decides. */
  readonly append: (event: RunEvent) => void;
  /** Resolves with the path. Rejects when the receipt is not on the disk; success must not be claimed then. */
  readonly writeReceipt: (receipt: Receipt) => Promise<string>;
  readonly close: () => void;
}

/** Begins the record of one run of one policy in `folder`. Throws a Failure when there is no place for it. */
export async function openRunFiles(folder: string, now: Date): Promise<RunFiles> {
  await makePrivateFolder(folder);
  const id = createRunId(now);
  const receiptPath = path.join(folder, `${id}.receipt.json`);
  const log = openLog(path.join(folder, `${id}.ndjson`));
  return {
    id,
    append: (event) => {
      try {
        writeSync(log, `${JSON.stringify(event)}\n`);
      } catch {
        // The receipt holds the events as well, and it is about to meet the same disk.
      }
    },
    writeReceipt: async (receipt) => {
      await writeAtomically(receiptPath, `${JSON.stringify(receipt, undefined, 2)}\n`, { mode: 0o600 });
      return receiptPath;
    },
    close: () => closeSync(log),
  };
}

/** Sorts by time; two runs of one second differ by chance. */
function createRunId(now: Date): string {
  const time = now.toISOString().replaceAll(/[-:]|\.\d+/g, '');
  return `${time}-${randomBytes(4).toString('hex')}`;
}

function openLog(file: string): number {
  try {
    return openSync(file, 'ax', 0o600);
  } catch (error) {
    const hint = 'Nothing was sent. A run needs a place for its receipt: repair it, or set XDG_STATE_HOME';
    throw worldFailure(`${file} cannot be written (${errorCode(error) ?? 'unknown error'})`, hint);
  }
}
