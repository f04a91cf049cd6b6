/** How a program ends other than by returning its status; whoever started it turns these into one. */

/** By a signal, by its number. */
export class Killed extends Error {
  override readonly name = 'Killed';
  constructor(readonly signal: number) {
    super(`killed by signal ${signal}`);
  }
}

/** It wrote to a pipe that nobody reads. */
export class BrokenPipe extends Error {
  override readonly name = 'BrokenPipe';
}

/** What the lab does not know ends the script: with status 2 it would go on in another way than a real shell. */
const UNKNOWN = 2;

/** Wrong use of the lab's shell or of one of its programs: a message for people. */
export class Refused extends Error {
  override readonly name = 'Refused';
  constructor(
    message: string,
    readonly status = UNKNOWN,
  ) {
    super(message);
  }

  /** An ordinary failure of a command: the script goes on. */
  get isOrdinary(): boolean {
    return this.status !== UNKNOWN;
  }
}

const SIGPIPE = 13;

/** The status by which a shell tells this end; undefined for what is no end but a defect of the lab. */
export function statusOf(error: unknown): number | undefined {
  if (error instanceof Killed) return 128 + error.signal;
  if (error instanceof BrokenPipe) return 128 + SIGPIPE;
  return error instanceof Refused ? error.status : undefined;
}
