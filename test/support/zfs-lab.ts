import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CommandOptions, CommandOutput } from '../../scripts/zfs-lab/command';
import { HOSTS, type HostName } from '../../scripts/zfs-lab/hosts';
import { startLab, stopLab } from '../../scripts/zfs-lab/lab';
import { guardGuests } from '../../scripts/zfs-lab/process';
import { missingForLab } from '../../scripts/zfs-lab/requirements';
import { runSsh, shareConnection } from '../../scripts/zfs-lab/ssh';

/** Two fresh guests of real OpenZFS: `source` with the pool tank, `target` with the pool backup. */
export interface ZfsLab {
  /** What `RAWSEND_SSH_CONFIG` is to be set to. */
  readonly sshConfig: string;
  readonly policyFile: string;
  /** The target as the source reaches it, `user@host:port`. */
  readonly targetAddress: string;
  readonly ports: Readonly<Record<HostName, number>>;
  /** Runs a command line as root on a guest. */
  readonly ssh: (host: HostName, commandLine: string, options?: CommandOptions) => Promise<CommandOutput>;
  readonly stop: () => Promise<void>;
}

/** Why real OpenZFS cannot run here, and what to do about it; undefined when it can. */
export const zfsLabUnavailable = missingForLab;

/** Resumes the saved guests in a folder of their own; many labs can be up at once. The caller stops it. */
export async function startZfsLab(): Promise<ZfsLab> {
  const reason = zfsLabUnavailable();
  if (reason !== undefined) throw new Error(reason);
  const directory = mkdtempSync(join(tmpdir(), 'rawsend-zfs-lab-'));
  const lab = await startLab(directory, (line) => process.stderr.write(`zfs-lab: ${line}\n`));
  const release = guardGuests(directory);
  const shared = HOSTS.map((host) => shareConnection(lab.sshConfig, host));
  return {
    sshConfig: lab.sshConfig,
    policyFile: lab.policyFile,
    targetAddress: `root@10.0.2.2:${lab.ports.target}`,
    ports: lab.ports,
    ssh: (host, commandLine, options) => runSsh(lab.sshConfig, host, commandLine, options),
    stop: async () => {
      for (const connection of shared) connection.kill();
      await stopLab(directory);
      release();
    },
  };
}

/** Skips the suite where there is no zfs-lab, with the reason; fails it where everything is required. */
export function requireZfsLab(context: Mocha.Context): void {
  const reason = zfsLabUnavailable();
  if (reason === undefined) return;
  if (process.env['RAWSEND_REQUIRE'] === 'all') throw new Error(reason);
  process.stderr.write(`skipped: ${reason}\n`);
  context.skip();
}
