import type { HostError } from '../core/run/host';
import { EXIT, type ExitCode } from './exit-code';

/** Ends a command with a message for people; `main` prints it and returns the code. */
export class Failure extends Error {
  constructor(
    readonly exitCode: ExitCode,
    message: string,
    /** Shown below the message: what to do about it. */
    readonly hint?: string,
  ) {
    super(message);
    this.name = 'Failure';
  }
}

/** One line about a host. The adapter may have named it already. */
export const describeHostError = ({ host, message }: HostError): string =>
  message.includes(host) ? message : `${host}: ${message}`;

/** The person called it wrongly. */
export const usageFailure = (message: string, hint?: string): Failure => new Failure(EXIT.usage, message, hint);

/** The call was right and the world refused. */
export const worldFailure = (message: string, hint?: string): Failure => new Failure(EXIT.failed, message, hint);
