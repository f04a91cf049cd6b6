import { runSsh } from '../zfs-lab/ssh';
import type { Guest } from './play-on-guest';

/** What the guest says that it runs, e.g. `2.3.2`. */
export async function releaseOf({ sshConfig, host }: Guest): Promise<string> {
  const { stdout } = await runSsh(sshConfig, host, 'zfs version');
  const release = /^zfs-(\d+(?:\.\d+)+)/.exec(stdout)?.[1];
  if (release === undefined) throw new Error(`the guest says of its release: ${stdout}`);
  return release;
}
