/** The exit code of what wrote into a pipe that nobody reads any more. */
export const SIGPIPE = 141;

/** What one line did, on either side. */
export interface Played {
  readonly line: string;
  /** Of every stage. */
  readonly exitCodes: readonly number[];
  /** The stages that a pipe may break under or not: whichever is first, their end or the reader's. The model tells of them. */
  readonly racing?: readonly number[];
  readonly stdout: string;
  readonly stderr: string;
}
