/** The programs that Rawsend is compared with: shellcheck of the system, bash-language-server in a cache of our own. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';

export interface Peers {
  /** With its version, e.g. `shellcheck 0.9.0`. */
  readonly shellcheck: string;
  readonly languageServer: { readonly name: string; readonly folder: string };
}

const LANGUAGE_SERVER = 'bash-language-server@5.8.1';

/** Installs what is missing. Throws with what would help. */
export async function setUpPeers(): Promise<Peers> {
  const folder = await installLanguageServer();
  const manifest = await readFile(join(folder, 'node_modules', 'bash-language-server', 'package.json'), 'utf8');
  const { version } = JSON.parse(manifest) as { readonly version: string };
  return {
    shellcheck: shellcheckVersion(),
    languageServer: { name: `bash-language-server ${version}`, folder },
  };
}

function shellcheckVersion(): string {
  const { stdout, error } = spawnSync('shellcheck', ['--version'], { encoding: 'utf8' });
  if (error) throw new Error('shellcheck is not installed: apt-get install shellcheck');
  return `shellcheck ${/^version: (\S+)/m.exec(stdout)?.[1] ?? 'of unknown version'}`;
}

/** Made beside its place and moved there when it is complete, so a folder that exists is a folder that works. */
async function installLanguageServer(): Promise<string> {
  const cache = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'rawsend', 'bench');
  const folder = join(cache, LANGUAGE_SERVER);
  if (existsSync(folder)) return folder;
  const unfinished = `${folder}.${process.pid}`;
  await mkdir(unfinished, { recursive: true });
  try {
    await writeFile(join(unfinished, 'package.json'), '{ "private": true }\n');
    npmInstall(unfinished);
    await rename(unfinished, folder);
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
  return folder;
}

function npmInstall(cwd: string): void {
  const options = ['--no-package-lock', '--no-save', '--ignore-scripts', '--no-fund', '--no-audit', '--loglevel=error'];
  const { status, stderr } = spawnSync('npm', ['install', ...options, LANGUAGE_SERVER], { cwd, encoding: 'utf8' });
  if (status !== 0) throw new Error(`npm could not install ${LANGUAGE_SERVER}\n${stderr}`);
}
