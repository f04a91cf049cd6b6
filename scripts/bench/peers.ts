/** The programs that Rawsend is compared with: shellcheck of the system, two language servers in a cache of our own. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';

export interface InstalledServer {
  /** With its version. */
  readonly name: string;
  readonly folder: string;
}

/** Installs it where it is missing. Throws with what would help. */
export const bashServer = (): Promise<InstalledServer> => install('bash-language-server', '5.8.1');

/** Installs it where it is missing. Throws with what would help. */
export const yamlServer = (): Promise<InstalledServer> => install('yaml-language-server', '1.25.0');

/** With its version, e.g. `shellcheck 0.9.0`. Throws where it is not installed. */
export function shellcheckVersion(): string {
  const { stdout, error } = spawnSync('shellcheck', ['--version'], { encoding: 'utf8' });
  if (error) throw new Error('shellcheck is not installed: apt-get install shellcheck');
  return `shellcheck ${/^version: (\S+)/m.exec(stdout)?.[1] ?? 'of unknown version'}`;
}

/** Made beside its place and moved there when it is complete, so a folder that exists is a folder that works. */
async function install(name: string, version: string): Promise<InstalledServer> {
  const cache = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'rawsend', 'bench');
  const folder = join(cache, `${name}@${version}`);
  const installed: InstalledServer = { name: `${name} ${version}`, folder };
  if (existsSync(folder)) return installed;
  const unfinished = `${folder}.${process.pid}`;
  await mkdir(unfinished, { recursive: true });
  try {
    await writeFile(join(unfinished, 'package.json'), '{ "private": true }\n');
    npmInstall(unfinished, `${name}@${version}`);
    await rename(unfinished, folder);
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
  return installed;
}

function npmInstall(cwd: string, wanted: string): void {
  const options = ['--no-package-lock', '--no-save', '--ignore-scripts', '--no-fund', '--no-audit', '--loglevel=error'];
  const { status, stderr } = spawnSync('npm', ['install', ...options, wanted], { cwd, encoding: 'utf8' });
  if (status !== 0) throw new Error(`npm could not install ${wanted}\n${stderr}`);
}
