import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { HostName } from './lab';

interface LabFiles {
  readonly ports: Readonly<Record<HostName, number>>;
  readonly hostKeys: Readonly<Record<HostName, string>>;
  readonly transport: string | undefined;
}

/** Writes `ssh_config`, `known_hosts` and a policy; the client's key is there already. */
export function writeLabFiles(
  directory: string,
  { ports, hostKeys, transport }: LabFiles,
): { readonly sshConfig: string; readonly policyFile: string } {
  const hosts = ['source', 'target'] as const;
  const sshConfig = join(directory, 'ssh_config');
  const knownHosts = join(directory, 'known_hosts');
  const policyFile = join(directory, 'rawsend.yaml');
  writeFileSync(knownHosts, hosts.map((host) => `[127.0.0.1]:${ports[host]} ${hostKeys[host]}\n`).join(''));
  const section = (host: HostName): string => `Host ${host}
  HostName 127.0.0.1
  Port ${ports[host]}
  User root
  IdentityFile "${join(directory, 'client_key')}"
  IdentitiesOnly yes
  UserKnownHostsFile "${knownHosts}"
`;
  writeFileSync(sshConfig, hosts.map(section).join('\n'));
  writeFileSync(policyFile, POLICY + (transport === undefined ? '' : `    transport: ${transport}\n`));
  return { sshConfig, policyFile };
}

const POLICY = `version: 1
hosts:
  prod: { ssh: source }
  vault: { ssh: target }
policies:
  prod-to-vault:
    intent: vault
    source: prod:tank/prod
    target: vault:backup/prod
`;
