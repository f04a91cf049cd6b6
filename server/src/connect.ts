import { homedir, userInfo } from 'node:os';
import type { HostEntry, Route } from './core/policy/policy';
import type { Ask } from './core/run/ask';
import { HostError } from './core/run/host';
import type { Cancel, Host, Transport } from './core/run/host';
import { localShell } from './local/local-shell';
import { directRoute } from './ssh/route-direct';
import { relayRoute } from './ssh/route-relay';
import { ShellHost } from './ssh/shell-host';
import { openSshHost } from './ssh/ssh-host';

export interface OpenOptions {
  readonly ask: Ask;
  readonly cancel?: Cancel;
  /** Instead of the user's home, for `.ssh`. */
  readonly home?: string;
  /** Instead of `~/.ssh/config` and the system's; the environment's RAWSEND_SSH_CONFIG comes after it. */
  readonly configFile?: string;
}

/** Opens a host of a policy: one SSH connection, or none for this machine. Rejects with a HostError. */
export async function openHost(entry: HostEntry, options: OpenOptions): Promise<Host> {
  if (entry.local) return new ShellHost(entry.name, entry.elevate, localShell(entry.name));
  if (entry.ssh === undefined) throw new HostError('config', entry.name, `${entry.name} has neither ssh nor local`);
  const { env: variables } = process;
  const environment = {
    home: options.home ?? homedir(),
    localUser: userInfo().username,
    configFile: options.configFile ?? (variables['RAWSEND_SSH_CONFIG'] || undefined),
    variables,
  };
  return openSshHost({ ...entry, ssh: entry.ssh }, { ask: options.ask, cancel: options.cancel, environment });
}

const TRANSPORTS: Readonly<Record<Route, Transport>> = { direct: directRoute, relay: relayRoute };

export const createTransport = (route: Route): Transport => TRANSPORTS[route];
