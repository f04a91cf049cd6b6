import type { createTransport, openHost } from '../connect';
import type { Ask } from '../core/run/ask';
import type { StartHelper } from './lint/lint-in-threads';

/** Everything that the command line touches except files, so that tests run it in process. */
export interface Io {
  readonly version: string;
  readonly stdin: Input;
  readonly stdout: Output;
  readonly stderr: Output;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly pid: number;
  readonly now: () => Date;
  /** Calls `listener` at every request to stop. Returns a function that forgets it. */
  readonly onStop: (listener: (reason: StopReason) => void) => () => void;
  /** Ends the process at once, for the second Ctrl-C. */
  readonly abort: (code: number) => void;
  readonly ask: Ask;
  /** A yes-or-no question; undefined where nobody can answer, and then nothing is shown. */
  readonly confirm?: (question: string) => Promise<boolean>;
  /** Loads what speaks SSH, which most commands never need. */
  readonly connect: () => Promise<Connect>;
  /** Starts another thread of this program; without it everything is done in one. */
  readonly startHelper?: StartHelper;
}

export interface Input {
  readonly isTTY: boolean;
  /** Everything up to its end. */
  readonly read: () => Promise<Buffer>;
}

export interface Output {
  readonly isTTY: boolean;
  /** Cells in a line; read anew for each use because a terminal can be resized. */
  readonly columns: () => number;
  /** Never throws: what nobody reads any more is dropped. */
  readonly write: (content: string | Buffer) => void;
}

/** `interrupt` is a person's Ctrl-C; `cancel` comes from the program that started us; `parent-gone` when that vanished. */
export type StopReason = 'interrupt' | 'terminate' | 'cancel' | 'parent-gone';

/** How hosts are reached; tests put doubles here. */
export interface Connect {
  readonly openHost: typeof openHost;
  readonly createTransport: typeof createTransport;
}
