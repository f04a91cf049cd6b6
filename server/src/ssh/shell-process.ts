import type { Readable, Writable } from 'node:stream';

/** A way to start programs on one machine; SSH and this machine each have one. */
export interface Shell {
  /** Hands `command` to the machine's login shell. `urgent` does not wait for its turn: it ends other commands. */
  readonly open: (command: string, options: { readonly urgent: boolean }) => Promise<ShellProcess>;
  readonly close: () => Promise<void>;
}

export interface ShellProcess {
  readonly stdin: Writable;
  readonly stdout: Readable;
  readonly stderr: Readable;
  /** The exit status, 128 + n for signal n. Rejects with a HostError when the machine is lost before. */
  readonly exited: Promise<number>;
  /** Lets go of the pipes without waiting. The program itself may live on. */
  readonly abandon: () => void;
}
