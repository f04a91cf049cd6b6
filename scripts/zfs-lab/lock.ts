import { spawn } from 'node:child_process';
import { once } from 'node:events';

/**
 * Does `work` while no other process does the same. The lock is the kernel's, held by flock(1) until we close its
 * input, so that it cannot outlive us and a crash leaves nothing stale.
 */
export async function withLock<T>(file: string, onWait: () => void, work: () => Promise<T>): Promise<T> {
  const release = (await takeLock(file, ['--nonblock'])) ?? (onWait(), await takeLock(file, []));
  if (release === undefined) throw new Error(`cannot lock ${file}`);
  try {
    return await work();
  } finally {
    release();
  }
}

async function takeLock(file: string, mode: readonly string[]): Promise<(() => void) | undefined> {
  const holder = spawn('flock', [...mode, file, 'sh', '-c', 'echo locked; exec cat'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const locked = once(holder.stdout, 'data').then(() => true);
  const ended = once(holder, 'exit').then(() => false);
  return (await Promise.race([locked, ended])) ? () => holder.stdin.end() : undefined;
}
