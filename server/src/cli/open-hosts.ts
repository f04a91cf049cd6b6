import type { HostEntry } from '../core/policy/policy';
import { type Cancel, type Host, HostError } from '../core/run/host';
import { EXIT } from './exit-code';
import { describeHostError, worldFailure } from './failure';
import type { Connect, Io } from './io';

/** The option of every command that connects. */
export const SSH_OPTION = {
  'ssh-config': { type: 'string', argument: 'FILE', summary: 'In place of ~/.ssh/config' },
} as const;

/** How hosts are reached. */
export interface Means {
  readonly io: Io;
  readonly sshConfig: string | undefined;
  /** Ends the connecting; absent where nothing but the end of the process does. */
  readonly cancel?: Cancel;
}

export interface OpenHosts {
  /** By the name in the policy file. */
  readonly hosts: Readonly<Record<string, Host>>;
  readonly createTransport: Connect['createTransport'];
}

/**
 * Connects to hosts, lends them to `use` and closes them whatever happens. Throws one Failure that names
 * every host that could not be reached.
 */
export async function withHosts<T>(
  entries: readonly HostEntry[],
  { io, sshConfig, cancel }: Means,
  use: (open: OpenHosts) => Promise<T>,
): Promise<T> {
  const { openHost, createTransport } = await io.connect();
  const options = {
    ask: io.ask,
    ...(sshConfig !== undefined && { configFile: sshConfig }),
    ...(cancel !== undefined && { cancel }),
  };
  const attempts = await Promise.allSettled(entries.map((entry) => openHost(entry, options)));
  const hosts = attempts.flatMap((attempt) => (attempt.status === 'fulfilled' ? [attempt.value] : []));
  try {
    throwFailed(attempts);
    return await use({ hosts: Object.fromEntries(hosts.map((host) => [host.name, host])), createTransport });
  } finally {
    await Promise.allSettled(hosts.map((host) => host.close()));
  }
}

/** The same for a command that only reads: there is nothing to clean up, so a request to stop ends it at once. */
export async function readHosts<T>(
  entries: readonly HostEntry[],
  means: Means,
  use: (open: OpenHosts) => Promise<T>,
): Promise<T> {
  const forget = means.io.onStop(() => means.io.abort(EXIT.failed));
  try {
    return await withHosts(entries, means, use);
  } finally {
    forget();
  }
}

function throwFailed(attempts: readonly PromiseSettledResult<unknown>[]): void {
  const reasons = attempts.flatMap((attempt) => (attempt.status === 'rejected' ? [attempt.reason as unknown] : []));
  const bug = reasons.find((reason) => !(reason instanceof HostError));
  if (bug !== undefined) throw bug;
  const messages = reasons.filter((reason) => reason instanceof HostError).map(describeHostError);
  if (messages.length > 0) throw worldFailure(messages.join('\n'));
}
