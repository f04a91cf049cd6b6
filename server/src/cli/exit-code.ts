/** The exit codes of every command; scripts depend on them. */
export const EXIT = {
  /** It was done, and there is nothing to report. */
  done: 0,
  /** A finding of severity warning or error, a conflict in a plan, or a failed verification. */
  findings: 1,
  /** Wrong use: an unknown option, a missing file, a policy that does not exist. */
  usage: 2,
  /** It could not be done: a host or file that cannot be read, a run that failed or was cancelled. */
  failed: 3,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** Of several outcomes the worst one is the exit code of the whole. */
export const worstExit = (codes: readonly ExitCode[]): ExitCode =>
  codes.reduce<ExitCode>((worst, code) => (code > worst ? code : worst), EXIT.done);
