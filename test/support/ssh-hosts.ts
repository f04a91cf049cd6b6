import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { openHost } from '../../server/src/connect';
import type { Ask } from '../../server/src/core/run/ask';
import { askNobody } from '../../server/src/core/run/ask';
import { HostError } from '../../server/src/core/run/host';
import type { Cancel, Host, HostErrorCode } from '../../server/src/core/run/host';
import type { HostEntry } from '../../server/src/core/policy/policy';

// The agent of whoever runs the tests has no part in them.
delete process.env['SSH_AUTH_SOCK'];

export interface HostSettings {
  readonly home: string;
  readonly ask?: Ask;
  readonly configFile?: string;
  readonly elevate?: HostEntry['elevate'];
  readonly hostKey?: string;
  readonly cancel?: Cancel;
}

/** Opens `vault` at an SSH destination, with nobody to answer unless said otherwise. */
export function openSsh(ssh: string, settings: HostSettings): Promise<Host> {
  const { home, ask, configFile, elevate, hostKey, cancel } = settings;
  const pinned = hostKey === undefined ? {} : { hostKey };
  const entry: HostEntry = { name: 'vault', ssh, local: false, elevate: elevate ?? 'none', ...pinned };
  return openHost(entry, {
    ask: ask ?? askNobody,
    home,
    ...(configFile === undefined ? {} : { configFile }),
    ...(cancel === undefined ? {} : { cancel }),
  });
}

export const openLocal = (name = 'here'): Promise<Host> =>
  openHost({ name, local: true, elevate: 'none' }, { ask: askNobody });

/** The HostError that `work` rejects with, which must have this code. */
export async function hostError(work: Promise<unknown>, code: HostErrorCode): Promise<HostError> {
  const error: unknown = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  assert(error instanceof HostError, `expected a HostError ${code}, got ${String(error)}`);
  assert.equal(error.code, code, error.message);
  return error;
}

/** A Cancel and the button that requests it. */
export function cancelButton(): Cancel & { readonly press: () => void } {
  const listeners = new Set<() => void>();
  let pressed = false;
  return {
    requested: () => pressed,
    onRequest: (listener) => {
      if (pressed) listener();
      else listeners.add(listener);
      return () => listeners.delete(listener);
    },
    press: () => {
      pressed = true;
      for (const listener of listeners) listener();
    },
  };
}

/** True while a process with this id runs; one that only waits to be reaped does not. */
export function isAlive(pid: number): boolean {
  const { stdout } = spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' });
  return stdout.trim() !== '' && !stdout.trim().startsWith('Z');
}

/** Waits until `condition` holds; false when it does not within `ms` milliseconds. */
export async function eventually(condition: () => boolean | Promise<boolean>, ms = 5_000): Promise<boolean> {
  const end = Date.now() + ms;
  while (Date.now() < end) {
    if (await condition()) return true;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return false;
}

/** A command line for a script. */
export const sh = (script: string): readonly string[] => ['sh', '-c', script];

/** The process id that a script wrote into a file; 0 while it has not. */
export function readPid(file: string): number {
  return existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0;
}
