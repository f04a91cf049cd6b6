import type { HostEntry } from '../core/policy/policy';
import { openConnection } from './connection';
import type { HostKey } from './host-key';
import type { LoginOptions } from './login';
import { ShellHost } from './shell-host';
import { resolveTarget } from './ssh-target';
import type { SshEnvironment, SshTarget } from './ssh-target';

/** A host reached over SSH. The direct route needs to know how, and which key was verified. */
export class SshHost extends ShellHost {
  constructor(
    entry: Pick<HostEntry, 'name' | 'elevate'>,
    readonly target: SshTarget,
    private readonly connection: Awaited<ReturnType<typeof openConnection>>,
  ) {
    super(entry.name, entry.elevate, connection);
  }

  get hostKey(): HostKey {
    return this.connection.hostKey;
  }
}

export interface SshHostOptions extends LoginOptions {
  readonly environment: SshEnvironment;
}

/** Connects to a host of a policy. Rejects with a HostError. */
export async function openSshHost(
  entry: HostEntry & { readonly ssh: string },
  options: SshHostOptions,
): Promise<SshHost> {
  const { hostKey: requiredKey } = entry;
  const target: SshTarget = {
    ...resolveTarget(entry.name, entry.ssh, options.environment),
    ...(requiredKey === undefined ? {} : { requiredKey }),
  };
  return new SshHost(entry, target, await openConnection(target, options));
}
