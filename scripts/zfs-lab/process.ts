import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { HOSTS, type HostName } from './hosts';

const PATIENCE_MILLISECONDS = 5000;

/** Where QEMU leaves its number as soon as it starts, so that guests are found even when their start was interrupted. */
export const processFile = (directory: string, host: HostName): string => join(directory, `${host}.pid`);

/** The process of a guest while it runs. Numbers are used again, so it has to be the QEMU of this very folder. */
export function guestProcess(directory: string, host: HostName): number | undefined {
  try {
    const pid = Number(readFileSync(processFile(directory, host), 'utf8'));
    const commandLine = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
    return commandLine.includes(processFile(directory, host)) ? pid : undefined;
  } catch {
    return undefined;
  }
}

/** Ends the guests of a folder and removes it. */
export async function endGuests(directory: string): Promise<void> {
  signalGuests(directory, 'SIGTERM');
  for (const deadline = Date.now() + PATIENCE_MILLISECONDS; isAnyAlive(directory); await sleep(20)) {
    if (Date.now() > deadline) signalGuests(directory, 'SIGKILL');
  }
  rmSync(directory, { recursive: true, force: true });
}

/**
 * Guests outlive the process that started them. From here until the returned function is called, its end ends them too,
 * whether it comes by itself, by Ctrl-C or by a signal.
 */
export function guardGuests(directory: string): () => void {
  const end = (): void => {
    signalGuests(directory, 'SIGKILL');
    rmSync(directory, { recursive: true, force: true });
  };
  process.once('exit', end).once('SIGINT', interrupt).once('SIGTERM', interrupt);
  return () => process.off('exit', end).off('SIGINT', interrupt).off('SIGTERM', interrupt);
}

const interrupt = (): never => process.exit(130);

function signalGuests(directory: string, signal: NodeJS.Signals): void {
  for (const host of HOSTS) {
    const pid = guestProcess(directory, host);
    if (pid !== undefined) process.kill(pid, signal);
  }
}

const isAnyAlive = (directory: string): boolean => HOSTS.some((host) => guestProcess(directory, host) !== undefined);
