import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand } from './command';
import { forEachHost, type HostName } from './hosts';

export interface KeyPair {
  /** The private half as ssh-keygen writes it. */
  readonly secret: string;
  /** The public half: one line of authorized_keys. */
  readonly open: string;
}

/** Made anew with every pair of saved guests, kept beside them, and never part of the image. */
export interface LabKeys {
  /** Logs in to both guests from outside. */
  readonly client: KeyPair;
  /** Logs in from the source, for the direct route. */
  readonly source: KeyPair;
  readonly host: Readonly<Record<HostName, KeyPair>>;
}

export async function makeKeys(directory: string): Promise<LabKeys> {
  mkdirSync(directory, { mode: 0o700 });
  const names = ['client', 'source', 'host-source', 'host-target'];
  await Promise.all(
    names.map(async (name) => {
      const argv = [
        'ssh-keygen',
        '-q',
        '-t',
        'ed25519',
        '-N',
        '',
        '-C',
        `zfs-lab ${name}`,
        '-f',
        join(directory, name),
      ];
      const { code, stderr } = await runCommand(argv);
      if (code !== 0) throw new Error(`ssh-keygen failed: ${stderr.trim()}`);
    }),
  );
  return readKeys(directory);
}

export async function readKeys(directory: string): Promise<LabKeys> {
  const pair = (name: string): KeyPair => ({
    secret: readFileSync(join(directory, name), 'utf8'),
    open: readFileSync(join(directory, `${name}.pub`), 'utf8'),
  });
  const host = await forEachHost((name) => Promise.resolve(pair(`host-${name}`)));
  return { client: pair('client'), source: pair('source'), host };
}
