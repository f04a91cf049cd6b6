import { type ChildProcess, spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { runCommand, type CommandOptions, type CommandOutput } from './command';
import { HOSTS, type HostName } from './hosts';
import type { LabKeys } from './keys';

export type Ports = Readonly<Record<HostName, number>>;

/** Writes `ssh_config`, `known_hosts` and the client key into a folder; returns the path of the first. */
export function writeSshFiles(directory: string, ports: Ports, keys: LabKeys): string {
  const config = join(directory, 'ssh_config');
  const key = join(directory, 'client_key');
  const knownHosts = join(directory, 'known_hosts');
  writeFileSync(key, keys.client.secret, { mode: 0o600 });
  writeFileSync(knownHosts, HOSTS.map((host) => `[127.0.0.1]:${ports[host]} ${keys.host[host].open}`).join(''));
  const sections = HOSTS.map((host) =>
    [
      `Host ${host}`,
      '  HostName 127.0.0.1',
      `  Port ${ports[host]}`,
      '  User root',
      `  IdentityFile "${key}"`,
      '  IdentitiesOnly yes',
      `  UserKnownHostsFile "${knownHosts}"`,
      '',
    ].join('\n'),
  );
  writeFileSync(config, sections.join('\n'));
  return config;
}

/**
 * The ssh command line for a host of a lab; the key of the host is always verified. A connection that `shareConnection`
 * holds open is used when it is there.
 */
export const sshArguments = (config: string, host: string): string[] => [
  'ssh',
  '-F',
  config,
  '-o',
  'BatchMode=yes',
  '-o',
  'StrictHostKeyChecking=yes',
  '-o',
  'ConnectTimeout=20',
  '-o',
  `ControlPath=${join(dirname(config), '%n.ssh')}`,
  host,
];

/** Runs a command line on a host, by the login shell there. */
export function runSsh(
  config: string,
  host: string,
  commandLine: string,
  options?: CommandOptions,
): Promise<CommandOutput> {
  return runCommand([...sshArguments(config, host), commandLine], options);
}

/** Holds a connection open, so that a command needs no login of its own: under software emulation that takes a second. */
export function shareConnection(config: string, host: HostName): ChildProcess {
  const [program = '', ...args] = sshArguments(config, host);
  return spawn(program, ['-M', '-N', ...args], { stdio: 'ignore' });
}
