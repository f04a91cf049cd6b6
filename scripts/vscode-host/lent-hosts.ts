import { cpSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Link } from '../../server/src/lab/link';
import { hostsUnavailable, startHosts } from '../../test/support/hosts';

/** A folder with the `rawsend.yaml` and the `ssh_config` of two hosts. */
export interface LentHosts {
  readonly directory: string;
  readonly giveBack: () => Promise<void>;
}

/** Why there are no hosts; undefined when there are. */
export const lentHostsUnavailable = (): string | undefined => (given() === undefined ? hostsUnavailable() : undefined);

/** The hosts whose folder RAWSEND_LAB_DIR names, or fresh ones of our own; `link` slows those of the lab. */
export async function borrowHosts(link?: Link): Promise<LentHosts> {
  const directory = given();
  if (directory !== undefined) return { directory, giveBack: () => Promise.resolve() };
  const hosts = await startHosts(link);
  return { directory: dirname(hosts.policyFile), giveBack: hosts.stop };
}

/** Puts the hosts' policy file in the place of the fixtures'. */
export function placePolicy({ directory }: LentHosts, folder: string): void {
  cpSync(join(directory, 'rawsend.yaml'), join(folder, 'rawsend.yaml'));
}

export const sshConfigOf = ({ directory }: LentHosts): string => join(directory, 'ssh_config');

const given = (): string | undefined => process.env['RAWSEND_LAB_DIR'];
