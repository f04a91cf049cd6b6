/**
 * `npm run demo`: from a policy and a runbook with mistakes to repaired ones, and, where this machine can run the
 * zfs-lab, to a verified raw send between two real OpenZFS hosts. Works on copies; leaves nothing behind.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
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

async function replicate(folder: string): Promise<void> {
  heading('Two hosts with real OpenZFS');
  const missing = zfsLabUnavailable();
  if (missing !== undefined) {
    console.log(`This machine cannot run them, so the demo ends here.\n${missing}`);
    return;
  }
  const lab = await startZfsLab();
  const env = { RAWSEND_SSH_CONFIG: lab.sshConfig, XDG_STATE_HOME: path.join(folder, 'state') };
  const policy = ['-f', lab.policyFile, 'prod-to-vault'];
  try {
    console.log(readFileSync(lab.policyFile, 'utf8'));
    rawsend(['plan', ...policy], 0, folder, env);
    rawsend(['estimate', ...policy], 0, folder, env);
    rawsend(['run', '--yes', '--format', 'text', ...policy], 0, folder, env);
    rawsend(['verify', ...policy], 0, folder, env);
    rawsend(['run', '--yes', '--format', 'text', ...policy], 0, folder, env);
  } finally {
    await lab.stop();
  }
}

async function main(): Promise<void> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'rawsend-demo-'));
  try {
    cpSync('examples', folder, { recursive: true });
    lintAndFix(folder);
    await replicate(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 3;
});
