import { constants } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ClientChannel } from 'ssh2';
import { HostError } from '../core/run/host';
import { within } from './bounded';
import { placeOf, toHostError } from './connection-error';
import type { HostKey } from './host-key';
import { limitsOf, login } from './login';
import type { Login, LoginOptions } from './login';
import { openForward, openSocket } from './open-socket';
import type { Shell, ShellProcess } from './shell-process';
import { Slots } from './slots';
import type { SshTarget } from './ssh-target';

/** sshd allows ten sessions and frees them late; four at once never meet its limit. */
const CHANNELS = 4;
/** Milliseconds for a host to answer the request for a channel. */
const OPEN_TIME = 30_000;
/** Milliseconds between attempts while the host has no channel to give: about ten seconds in all. */
const RETRY_DELAYS = [50, 100, 200, 400, 800, 1600, 1600, 1600, 1600, 1600];
/** SSH_OPEN_CONNECT_FAILED, which is how sshd says that MaxSessions is reached (RFC 4254, section 5.1). */
const NO_SESSION = 2;

export interface Connection extends Shell {
  readonly hostKey: HostKey;
}

/** Opens the one connection to a host, and before it those to its jump hosts. Rejects with a HostError. */
export function openConnection(target: SshTarget, options: LoginOptions): Promise<Connection> {
  return open(target, options);
}

async function open(target: SshTarget, options: LoginOptions): Promise<SshConnection> {
  const { via } = target;
  if (via === undefined) {
    const socket = await openSocket(target, limitsOf(options));
    return new SshConnection(target, await login(target, socket, options));
  }
  const hop = await open(via, options);
  try {
    return await hop.connectOn({ ...target, via }, options);
  } catch (error) {
    await hop.close();
    throw error;
  }
}

class SshConnection implements Connection {
  readonly hostKey: HostKey;
  readonly #client: Login['client'];
  readonly #slots = new Slots(CHANNELS);
  readonly #onLost = new Set<(error: HostError) => void>();
  #lost: HostError | undefined;

  constructor(
    readonly target: SshTarget,
    { client, hostKey }: Login,
    /** The connection that carries this one, and nothing else. */
    readonly hop?: SshConnection,
  ) {
    this.hostKey = hostKey;
    this.#client = client;
    // A lost jump host comes first: what it carried is lost by that.
    if (hop !== undefined) hop.#whenLost((error) => this.#lose(error));
    client
      .on('error', (error) => this.#lose(toHostError(target, 'ready', error)))
      .on('close', () => this.#lose(toHostError(target, 'ready', undefined)));
  }

  /** Opens the connection to the next host of the way. */
  async connectOn(target: SshTarget & { readonly via: SshTarget }, options: LoginOptions): Promise<SshConnection> {
    const socket = await this.#unlessLost(() => openForward(this.#client, target, limitsOf(options)));
    return new SshConnection(target, await this.#unlessLost(() => login(target, socket, options)), this);
  }

  async open(command: string, { urgent }: { readonly urgent: boolean }): Promise<ShellProcess> {
    const release = urgent ? nothing : await this.#slots.take();
    try {
      return this.#toProcess(await this.#openChannel(command), release);
    } catch (error) {
      release();
      throw error;
    }
  }

  async close(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.#client.once('close', () => resolve()));
    if (this.#lost === undefined) {
      this.#client.end();
      await within(closed, 1_000, undefined);
      this.#client.destroy();
    }
    await this.hop?.close();
  }

  async #openChannel(command: string): Promise<ClientChannel> {
    for (const delay of RETRY_DELAYS) {
      try {
        return await this.#requestChannel(command);
      } catch (error) {
        if (!(error instanceof Error && 'reason' in error && error.reason === NO_SESSION)) throw error;
        await sleep(delay);
      }
    }
    const { name } = this.target;
    throw new HostError(
      'timeout',
      name,
      `${name} has no session left (MaxSessions of its sshd); try again when less runs there`,
    );
  }

  async #requestChannel(command: string): Promise<ClientChannel> {
    const { name } = this.target;
    if (this.#lost !== undefined) throw this.#lost;
    let forget: () => void = nothing;
    const channel = new Promise<ClientChannel>((resolve, reject) => {
      forget = this.#whenLost(reject);
      this.#client.exec(command, (error, opened) => {
        if (error === undefined) resolve(opened);
        else if ('reason' in error) reject(error);
        else reject(new HostError('config', name, `${name} does not let this login run commands: ${error.message}`));
      });
    });
    try {
      const opened = await within(channel, OPEN_TIME, undefined);
      if (opened !== undefined) return opened;
      channel.then(
        (late) => late.close(),
        () => undefined,
      );
      throw new HostError(
        'timeout',
        name,
        `${placeOf(this.target)} did not open a channel within ${OPEN_TIME / 1000} s`,
      );
    } finally {
      forget();
    }
  }

  #toProcess(channel: ClientChannel, release: () => void): ShellProcess {
    const { name } = this.target;
    const exited = new Promise<number>((resolve, reject) => {
      const forget = this.#whenLost((error) => {
        release();
        reject(error);
      });
      channel.on('exit', (code: number | null, signal?: string) => resolve(code ?? 128 + signalNumber(signal)));
      channel.on('close', () => {
        forget();
        reject(new HostError('disconnected', name, `${name} closed a command's channel without an exit status`));
      });
    });
    exited.catch(nothing);
    channel.on('close', release);
    const abandon = (): void => {
      release();
      // ssh2 reports the close only after everything was read.
      channel.resume();
      channel.stderr.resume();
      channel.close();
    };
    return { stdin: channel.stdin, stdout: channel.stdout, stderr: channel.stderr, exited, abandon };
  }

  async #unlessLost<T>(begin: () => Promise<T>): Promise<T> {
    if (this.#lost !== undefined) throw this.#lost;
    let forget: () => void = nothing;
    const lost = new Promise<never>((_resolve, reject) => {
      forget = this.#whenLost(reject);
    });
    const work = begin();
    work.catch(nothing);
    try {
      return await Promise.race([work, lost]);
    } finally {
      forget();
    }
  }

  #whenLost(tell: (error: HostError) => void): () => void {
    this.#onLost.add(tell);
    return () => this.#onLost.delete(tell);
  }

  #lose(error: HostError): void {
    if (this.#lost !== undefined) return;
    this.#lost = error;
    for (const tell of this.#onLost) tell(error);
    this.#onLost.clear();
    this.#client.destroy();
    void this.hop?.close();
  }
}

function signalNumber(signal: string | undefined): number {
  const numbers: Readonly<Record<string, number>> = constants.signals;
  return numbers[signal ?? ''] ?? numbers['SIGTERM'] ?? 0;
}

const nothing = (): void => undefined;
