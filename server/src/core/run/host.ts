/** The port through which core reaches a host. Adapters live in `ssh/` and `local/`. */
export interface Host {
  /** The host's name in the policy. */
  readonly name: string;
  /**
   * Runs one command and collects its output. The adapter adds the policy's `elevate` and quotes.
   * Never rejects for what a host can do wrong: that is a HostError.
   */
  readonly exec: (argv: readonly string[], options?: ExecOptions) => Promise<ExecResult>;
  /**
   * Runs several commands in one round trip, in order, going on after a failure.
   * One result for each command.
   */
  readonly execAll: (commands: readonly (readonly string[])[], options?: ExecOptions) => Promise<readonly ExecResult[]>;
  readonly close: () => Promise<void>;
}

export interface ExecOptions {
  readonly cancel?: Cancel;
  /** Text for standard input. */
  readonly input?: string;
}

export interface ExecResult {
  /** Exit status; 128 + n for signal n, as a shell says it. */
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Carries a stream from one host to another; one implementation for each route. */
export interface Transport {
  readonly stream: (request: StreamRequest) => Promise<StreamResult>;
  /**
   * Tries the way with an empty stream and changes nothing: a run asks before its first step. Rejects with a HostError
   * that says what is missing. Absent where the connections that are open already are the way.
   */
  readonly check?: (request: CheckRequest) => Promise<void>;
}

export type CheckRequest = Pick<StreamRequest, 'source' | 'target' | 'limit' | 'address' | 'jump' | 'cancel'>;

export interface StreamRequest {
  readonly source: Host;
  readonly target: Host;
  readonly send: readonly string[];
  readonly receive: readonly string[];
  /** Bytes per second. */
  readonly limit?: number;
  /** The target as the source reaches it; only the direct route reads it. */
  readonly address?: string;
  /** The jump host through which the source reaches the target; only the direct route reads it. */
  readonly jump?: string;
  readonly cancel?: Cancel;
  /** Bytes carried so far, at most a few times a second. */
  readonly onProgress: (bytes: number) => void;
}

/** How every stage ended; a run judges the receive first, for a send dies of a failed receive. */
export interface StreamResult {
  readonly send: ExecResult;
  readonly receive: ExecResult;
  readonly bytes: number;
}

/** A request to stop, without the DOM's AbortSignal: core has no runtime of its own. */
export interface Cancel {
  readonly requested: () => boolean;
  /** Calls `listener` once when cancellation is requested; at once if it was. Returns a function that forgets it. */
  readonly onRequest: (listener: () => void) => () => void;
}

export type HostErrorCode =
  | 'unreachable'
  | 'host-key-unknown'
  | 'host-key-changed'
  | 'authentication'
  | 'disconnected'
  | 'timeout'
  | 'cancelled'
  /** The host answers, but its ZFS cannot be read. */
  | 'unreadable'
  | 'config';

/** A host that cannot be asked. The message is for people and holds no secret. */
export class HostError extends Error {
  constructor(
    readonly code: HostErrorCode,
    readonly host: string,
    message: string,
  ) {
    super(message);
    this.name = 'HostError';
  }
}
