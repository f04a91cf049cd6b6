import type { State } from './state';
import type { Stream } from './stream';

/** What a command did: the state after it and what zfs prints and returns. */
export interface Outcome {
  readonly state: State;
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number;
  /** What `zfs send` writes; `stdout` is then empty. */
  readonly stream?: Stream;
  /** Bytes of the input that a receive left: a sender that still writes them dies of SIGPIPE. */
  readonly unread?: number;
}

export const done = (state: State, stdout = ''): Outcome => ({ state, stdout, stderr: '', exitCode: 0 });

/** `lines` go to stderr, each with its line end. */
export const failed = (state: State, lines: string | readonly string[], exitCode = 1): Outcome => ({
  state,
  stdout: '',
  stderr: typeof lines === 'string' ? `${lines}\n` : lines.map((line) => `${line}\n`).join(''),
  exitCode,
});

/** Of a `zfs set` that is refused. */
export const exitCodeOfSet = ({ release }: State): number => (release === '2.1' ? 1 : 255);

/**
 * What the model refuses because it does not know what zfs does there. It is thrown, for no output of zfs would be true;
 * whoever drives the model catches it and says the message.
 */
export class NotModelled extends Error {
  override readonly name = 'NotModelled';
}

export function notModelled(what: string): never {
  throw new NotModelled(`the model does not know ${what}`);
}

/** Lines on stdout and stderr, in their order, while a command works. */
export interface Report {
  readonly out: string[];
  readonly err: string[];
}

export const textOf = (lines: readonly string[]): string => lines.map((line) => `${line}\n`).join('');
