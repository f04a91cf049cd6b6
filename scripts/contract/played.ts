/** What one line did, on either side. */
export interface Played {
  readonly line: string;
  /** Of every stage. */
  readonly exitCodes: readonly number[];
  readonly stdout: string;
  readonly stderr: string;
}
