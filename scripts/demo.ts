/**
 * `npm run demo [-- --real]`: from a policy and a runbook with mistakes to repaired ones, and to a verified raw send between
 * two hosts of the lab, or of real OpenZFS. Works on copies; leaves nothing behind.
 */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { startZfsLab, zfsLabUnavailable } from '../test/support/zfs-lab';

const CLI = path.resolve('dist/cli.js');

function rawsend(
  args: readonly string[],
  expected: number,
  cwd: string,
  env: Readonly<Record<string, string>> = {},
): void {
  console.log(`\n$ rawsend ${args.join(' ')}`);
  const { status } = spawnSync(process.execPath, [CLI, ...args], {
    cwd,
    stdio: 'inherit',
    env: { ...process.env, ...env },
  });
  if (status !== expected) throw new Error(`rawsend ${args[0]} ended with ${status}; expected ${expected}`);
}

const heading = (text: string): void => console.log(`\n── ${text} ${'─'.repeat(Math.max(0, 76 - text.length))}`);

function lintAndFix(folder: string): void {
  heading('A policy and a runbook, as reviews find them');
  rawsend(['lint', 'rawsend.yaml', 'replicate.sh'], 1, folder);
  heading('What the fixes would change');
  rawsend(['lint', '--diff', '--unsafe-fixes', 'rawsend.yaml', 'replicate.sh'], 1, folder);
  heading('The fixes applied');
  rawsend(['lint', '--fix', '--unsafe-fixes', 'rawsend.yaml', 'replicate.sh'], 0, folder);
}

/** Two hosts, and how to end them. */
interface DemoHosts {
  readonly sshConfig: string;
  readonly policyFile: string;
  readonly stop: () => unknown;
}

/** The lab as a user starts it. */
async function labHosts(): Promise<DemoHosts> {
  heading('Two hosts of the lab: rawsend lab up --scenario demo');
  const args = [CLI, 'lab', 'up', '--scenario', 'demo', '--format', 'json'];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout });
  const printed: string[] = [];
  for await (const line of lines) {
    printed.push(line);
    if (line === '}') break;
  }
  const { sshConfig, policyFile } = JSON.parse(printed.join('\n')) as DemoHosts;
  const stop = async (): Promise<void> => {
    child.kill();
    await once(child, 'exit');
  };
  return { sshConfig, policyFile, stop };
}

async function realHosts(): Promise<DemoHosts | undefined> {
  heading('Two hosts with real OpenZFS');
  const missing = zfsLabUnavailable();
  if (missing === undefined) return startZfsLab();
  console.log(`This machine cannot run them.\n${missing}`);
  process.exitCode = 3;
  return undefined;
}

function replicate(folder: string, { sshConfig, policyFile }: DemoHosts): void {
  const env = { RAWSEND_SSH_CONFIG: sshConfig, XDG_STATE_HOME: path.join(folder, 'state') };
  const policy = ['-f', policyFile, 'prod-to-vault'];
  console.log(readFileSync(policyFile, 'utf8'));
  rawsend(['plan', ...policy], 0, folder, env);
  rawsend(['estimate', ...policy], 0, folder, env);
  rawsend(['run', '--yes', '--format', 'text', ...policy], 0, folder, env);
  rawsend(['verify', ...policy], 0, folder, env);
  rawsend(['run', '--yes', '--format', 'text', ...policy], 0, folder, env);
}

async function main(): Promise<void> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'rawsend-demo-'));
  let hosts: DemoHosts | undefined;
  try {
    cpSync('examples', folder, { recursive: true });
    lintAndFix(folder);
    hosts = process.argv.includes('--real') ? await realHosts() : await labHosts();
    if (hosts) replicate(folder, hosts);
  } finally {
    await hosts?.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 3;
});
