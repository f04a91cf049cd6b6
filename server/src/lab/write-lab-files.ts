import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { HostName } from './lab';

interface LabFiles {
  readonly ports: Readonly<Record<HostName, number>>;
  readonly hostKeys: Readonly<Record<HostName, string>>;
  readonly transport: string | undefined;
  /** The user's own SSH configuration. */
  readonly userConfig: string;
}

export interface LabPaths {
  readonly sshConfig: string;
  /** The lab's hosts first, then those of the user. */
  readonly sshConfigWithYours: string;
  readonly policyFile: string;
  /** A script with mistakes, to look at in an editor. */
  readonly runbook: string;
}

/** Writes `ssh_config`, `known_hosts` and a policy; the client's key is there already. */
export function writeLabFiles(directory: string, { ports, hostKeys, transport, userConfig }: LabFiles): LabPaths {
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
  const sshConfigWithYours = join(directory, 'ssh_config.with_yours');
  writeFileSync(sshConfigWithYours, `Include "${sshConfig}"\nInclude "${userConfig}"\n`);
  const runbook = join(directory, 'replicate.sh');
  writeFileSync(runbook, RUNBOOK);
  return { sshConfig, sshConfigWithYours, policyFile, runbook };
}

const RUNBOOK = `#!/bin/bash
# Nightly replication of tank/prod, as it was written in a hurry: what is wrong with it is underlined.
today=$(date +%Y-%m-%d)
zfs snapshot -r "tank/prod@$today"
zfs send -R "tank/prod@$today" | ssh -o StrictHostKeyChecking=no target zfs receive -F backup/prod
`;

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
