/**
 * Installs a VS Code host from npm packages alone, into a cache outside the repository. An installation is
 * made beside its place and moved there when it is complete, so a folder that exists is a folder that works.
 *
 *   npx tsx scripts/vscode-host/setup.ts [1.139] [1.99]
 */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { HostName, VscodeHost } from './hosts';
import { HOSTS, cacheFolder, installationFolder, isHostName, serverFolder } from './hosts';
import { browserPath } from './browser';
import { STUBS } from './stubs';

export interface InstalledHost {
  readonly name: HostName;
  /** The folder of VS Code's server. */
  readonly server: string;
  /** The Node that runs it. */
  readonly node: string;
}

/** Why this machine cannot have the host, and what would help; undefined when it can. */
export function vscodeHostUnavailable(name: HostName): string | undefined {
  if (process.platform !== 'linux' || (process.arch !== 'x64' && process.arch !== 'arm64')) {
    return `the VS Code ${name} host is made for Linux on x64 and arm64`;
  }
  return browserPath() === undefined
    ? 'Chromium is not installed: apt-get install chromium fonts-dejavu-core (or name one in CHROMIUM)'
    : undefined;
}

/** Returns the installed host, which it installs first where it is missing. Throws with the reason when it cannot. */
export async function setUpHost(name: HostName): Promise<InstalledHost> {
  const host: VscodeHost = HOSTS[name];
  const folder = installationFolder(host);
  if (!existsSync(folder)) await install(host, folder);
  return { name, server: serverFolder(folder), node: usesOwnNode(host) ? process.execPath : nodeIn(folder) };
}

async function install(host: VscodeHost, folder: string): Promise<void> {
  const started = Date.now();
  const unfinished = `${folder}.${process.pid}`;
  await mkdir(cacheFolder(), { recursive: true });
  await rm(unfinished, { recursive: true, force: true });
  try {
    await installPackages(host, unfinished);
    await prepareServer(host, unfinished);
    await rename(unfinished, folder);
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
  console.log(`VS Code ${host.vscode} host installed in ${((Date.now() - started) / 1000).toFixed(0)} s: ${folder}`);
}

async function installPackages(host: VscodeHost, folder: string): Promise<void> {
  const platform = `linux-${process.arch}`;
  const packages = [`code-server@${host.codeServer}`];
  if (!usesOwnNode(host)) packages.push(`node-${platform}@${host.node.version}`);
  if (host.ripgrep) packages.push(`@vscode/ripgrep-${platform}@${host.ripgrep.version}`);
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'package.json'), '{ "private": true }\n');
  await npm(folder, ['install', '--no-package-lock', '--no-save', ...packages]);
  // code-server pins the packages of VS Code's server in a shrinkwrap of its own and leaves them to an install script.
  await npm(serverFolder(folder), ['ci', '--legacy-peer-deps', '--omit=dev']);
}

async function prepareServer(host: VscodeHost, folder: string): Promise<void> {
  const server = serverFolder(folder);
  const resolveFrom = createRequire(join(server, 'package.json'));
  for (const [name, stub] of Object.entries(host.stubs)) {
    const manifest: unknown = resolveFrom(`${name}/package.json`);
    await writeFile(join(server, 'node_modules', name, entryOf(manifest)), STUBS[stub]);
  }
  if (host.ripgrep) {
    const at = join(server, host.ripgrep.at);
    await mkdir(at, { recursive: true });
    const own = join(folder, 'node_modules', '@vscode', `ripgrep-linux-${process.arch}`, 'bin', 'rg');
    // A link that names its target from its own folder survives the move of the whole installation.
    await symlink(
      join('../../../../../../..', '@vscode', `ripgrep-linux-${process.arch}`, 'bin', 'rg'),
      join(at, 'rg'),
    );
    if (!existsSync(own)) throw new Error(`${own} is missing`);
  }
  for (const part of host.prune) await rm(join(server, part), { recursive: true, force: true });
}

function entryOf(manifest: unknown): string {
  const main = typeof manifest === 'object' && manifest !== null && 'main' in manifest ? manifest.main : undefined;
  return typeof main === 'string' ? main : 'index.js';
}

const usesOwnNode = (host: VscodeHost): boolean => process.versions.node.split('.')[0] === String(host.node.major);

const nodeIn = (folder: string): string => join(folder, 'node_modules', `node-linux-${process.arch}`, 'bin', 'node');

/** Runs npm without install scripts; its output is shown only when it fails. */
function npm(cwd: string, args: readonly string[]): Promise<void> {
  const all = [...args, '--ignore-scripts', '--engine-strict=false', '--no-fund', '--no-audit', '--loglevel=error'];
  return new Promise((resolve, reject) => {
    const child = spawn('npm', all, { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    const collect = (chunk: Buffer): void => {
      output += chunk.toString();
    };
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    child.on('error', reject);
    child.on('exit', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`npm ${args.join(' ')} in ${cwd} ended with ${code}\n${output.slice(-4000)}`));
    });
  });
}

async function main(names: readonly string[]): Promise<void> {
  for (const name of names.length > 0 ? names : Object.keys(HOSTS)) {
    if (!isHostName(name))
      throw new Error(`unknown VS Code host ${name}: choose from ${Object.keys(HOSTS).join(', ')}`);
    const { server } = await setUpHost(name);
    console.log(`VS Code ${name}: ${server}`);
  }
}

if (require.main === module) void main(process.argv.slice(2));
