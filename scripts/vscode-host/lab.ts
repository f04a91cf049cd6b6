import { cpSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { startZfsLab, zfsLabUnavailable } from '../../test/support/zfs-lab';

/** A folder with the `rawsend.yaml` and the `ssh_config` of two hosts with real OpenZFS. */
export interface LentLab {
  readonly directory: string;
  readonly giveBack: () => Promise<void>;
}

/** Why there is no lab; undefined when there is one. */
export const labUnavailable = (): string | undefined => (given() === undefined ? zfsLabUnavailable() : undefined);

/** The lab that RAWSEND_LAB_DIR names, or fresh guests of our own. */
export async function borrowLab(): Promise<LentLab> {
  const directory = given();
  if (directory !== undefined) return { directory, giveBack: () => Promise.resolve() };
  const lab = await startZfsLab();
  return { directory: dirname(lab.policyFile), giveBack: lab.stop };
}

/** Puts the lab's policy file in the place of the fixtures'. */
export function placePolicy({ directory }: LentLab, folder: string): void {
  cpSync(join(directory, 'rawsend.yaml'), join(folder, 'rawsend.yaml'));
}

export const sshConfigOf = ({ directory }: LentLab): string => join(directory, 'ssh_config');

const given = (): string | undefined => process.env['RAWSEND_LAB_DIR'];
