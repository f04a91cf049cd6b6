import type { Duplex } from 'node:stream';
import { Client } from 'ssh2';
import type { ConnectConfig } from 'ssh2';
import type { Ask } from '../core/run/ask';
import { HostError } from '../core/run/host';
import type { Cancel } from '../core/run/host';
import { chooseAlgorithms } from './algorithms';
import { placeOf, refusedLogin, toHostError } from './connection-error';
import { Deadline } from './deadline';
import { readHostKey } from './host-key';
import type { HostKey } from './host-key';
import { identities } from './identities';
import { knownAlgorithms } from './known-hosts';
import type { Limits } from './open-socket';
import type { SshTarget } from './ssh-target';
import { untilCancelled } from './stopping';
import { subjectOf } from './subject';
import { readKnownHosts, verifyHostKey } from './verify-host-key';

export interface Login {
  readonly client: Client;
  /** The key that was verified. */
  readonly hostKey: HostKey;
}

export interface LoginOptions {
  readonly ask: Ask;
  /** Milliseconds without an answer, for each of: TCP, key exchange, each attempt to log in; of each host of the way. */
  readonly patience?: number;
  readonly cancel?: Cancel | undefined;
}

/** Long enough for an agent that asks for a touch or a PIN. */
const PATIENCE = 30_000;

export const limitsOf = ({ patience = PATIENCE, cancel }: LoginOptions): Limits => ({ patience, cancel });

/** Verifies the host's key and logs in over `socket`, which it takes over. Rejects with a HostError. */
export function login(target: SshTarget, socket: Duplex, options: LoginOptions): Promise<Login> {
  const { patience, cancel } = limitsOf(options);
  let stop = nothing;
  const work = new Promise<Login>((resolve, reject) => {
    const attempt = new LoginAttempt(target, options.ask, { resolve, reject });
    stop = () => attempt.fail(new HostError('cancelled', target.name, `Cancelled on ${target.name}`));
    attempt.begin(socket, patience);
  });
  return untilCancelled(work, { host: target.name, cancel, stop: async () => stop() });
}

interface Settle {
  readonly resolve: (login: Login) => void;
  readonly reject: (error: HostError) => void;
}

class LoginAttempt {
  readonly #client = new Client();
  #hostKey: HostKey | undefined;
  #accepted: readonly string[] | undefined;
  #deadline: Deadline | undefined;

  constructor(
    readonly target: SshTarget,
    readonly ask: Ask,
    readonly settle: Settle,
  ) {}

  begin(socket: Duplex, patience: number): void {
    const { target } = this;
    this.#deadline = new Deadline(patience, () =>
      this.fail(new HostError('timeout', target.name, `${placeOf(target)} did not answer within ${patience / 1000} s`)),
    );
    this.#client
      .on('ready', () => this.#succeed())
      .on('error', (error: Error & { level?: string }) => {
        // An agent that fails is passed over by ssh2 itself.
        if (error.level !== 'agent') this.fail(toHostError(target, 'logging-in', error));
      })
      .on('close', () => this.fail(toHostError(target, 'logging-in', undefined)));
    try {
      this.#client.connect(this.#config(socket));
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      this.fail(new HostError('config', target.name, `SSH to ${subjectOf(target)} cannot start: ${reason}`));
    }
  }

  #config(socket: Duplex): ConnectConfig {
    const { target } = this;
    const methods = identities(target, {
      hostKey: this.ask.hostKey,
      passphrase: (question) => this.#heldFor(this.ask.passphrase(question)),
    });
    return {
      sock: socket,
      username: target.user,
      readyTimeout: 0,
      keepaliveInterval: 15_000,
      keepaliveCountMax: 3,
      algorithms: chooseAlgorithms(knownAlgorithms(readKnownHosts(target), target.address)),
      hostVerifier: (blob: Buffer, verified: (ok: boolean) => void) => {
        this.#hostKey = readHostKey(blob);
        verifyHostKey(target, this.#hostKey, {
          hostKey: (question) => this.#heldFor(this.ask.hostKey(question)),
          passphrase: this.ask.passphrase,
        }).then(
          () => verified(true),
          (error: unknown) => this.fail(error),
        );
      },
      authHandler: (accepted, _partial, attempt) => {
        this.#accepted = accepted ?? this.#accepted;
        this.#deadline?.restart();
        methods.next().then(
          (method) => {
            if (method === undefined) this.fail(refusedLogin(target, methods.tried(), this.#accepted));
            else attempt(method);
          },
          (error: unknown) => this.fail(error),
        );
      },
    };
  }

  #heldFor<T>(question: Promise<T>): Promise<T> {
    return this.#deadline?.heldFor(question) ?? question;
  }

  #succeed(): void {
    this.#deadline?.clear();
    this.#client.removeAllListeners();
    // The key was verified before the login could begin.
    if (this.#hostKey !== undefined) this.settle.resolve({ client: this.#client, hostKey: this.#hostKey });
  }

  fail(error: unknown): void {
    this.#deadline?.clear();
    // What the connection still says on its way down is not news.
    this.#client.removeAllListeners().on('error', () => undefined);
    this.#client.destroy();
    const reason = error instanceof Error ? error.message : String(error);
    this.settle.reject(
      error instanceof HostError ? error : new HostError('authentication', this.target.name, `Login failed: ${reason}`),
    );
  }
}

const nothing = (): void => undefined;
