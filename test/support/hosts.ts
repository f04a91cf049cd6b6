import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CommandOptions, CommandOutput } from '../../scripts/zfs-lab/command';
import type { HostName } from '../../scripts/zfs-lab/hosts';
import { SCENARIOS, startLab } from '../../server/src/lab';
import type { Link } from '../../server/src/lab/link';
import { startZfsLab, zfsLabUnavailable } from './zfs-lab';

/** A source with the pool tank and a target with the pool backup: of the lab, or of real OpenZFS. */
export interface Hosts {
  /** What `RAWSEND_SSH_CONFIG` is to be set to. */
  readonly sshConfig: string;
  readonly policyFile: string;
  /** A host as the source reaches it, `root@host:port`. */
  readonly addressOf: (host: HostName) => string;
  /** Runs a command line as root on a host. */
  readonly ssh: (host: HostName, commandLine: string, options?: CommandOptions) => Promise<CommandOutput>;
  readonly stop: () => Promise<void>;
}

const isReal = process.env['RAWSEND_ZFS'] === 'real';

/** Why there are none here; the lab runs everywhere. */
export const hostsUnavailable = (): string | undefined => (isReal ? zfsLabUnavailable() : undefined);

/** For titles of tests. */
export const ZFS = isReal ? 'real OpenZFS' : 'the lab';

/**
 * Two fresh hosts: of the lab, or with `RAWSEND_ZFS=real` of real OpenZFS. The caller stops them.
 *
 * @param link of the lab's target: real guests are slow enough to be cut, the lab has to be told
 */
export async function startHosts(link: Link = {}): Promise<Hosts> {
  if (isReal) {
    const { ports, ...lab } = await startZfsLab();
    // QEMU's user network maps 10.0.2.2 to this machine.
    return { ...lab, addressOf: (host) => `root@10.0.2.2:${ports[host]}` };
  }
  const [fresh] = SCENARIOS;
  if (fresh === undefined) throw new Error('the lab has no scenario');
  const lab = await startLab(
    { ...fresh, links: { target: link } },
    mkdtempSync(join(tmpdir(), 'rawsend-test-lab-')),
    '/dev/null',
  );
  const addressOf = (host: HostName): string => `root@127.0.0.1:${lab.ports[host]}`;
  const transport = `    transport: { route: direct, address: "${addressOf('target')}" }\n`;
  writeFileSync(lab.policyFile, readFileSync(lab.policyFile, 'utf8') + transport);
  return {
    sshConfig: lab.sshConfig,
    policyFile: lab.policyFile,
    addressOf,
    ssh: (host, commandLine, options) => lab.exec(host, commandLine, options?.input),
    stop: lab.stop,
  };
}
