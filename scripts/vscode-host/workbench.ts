import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SETTINGS } from './settings';
import type { Settings } from './settings';
import type { InstalledHost } from './setup';

/** A running VS Code server. A browser at `urlOf` is a window of it. */
export interface Workbench {
  readonly urlOf: (folder: string, payload?: Payload) => string;
  /** An absolute path of this machine as the window names it. */
  readonly uriOf: (path: string) => string;
  readonly log: () => string;
  readonly stop: () => Promise<void>;
}

/** What the window is told beside its folder, e.g. which extension to develop. */
export type Payload = readonly (readonly [key: string, value: string])[];

export interface WorkbenchOptions {
  readonly settings?: Settings;
  readonly env?: Readonly<Record<string, string>>;
  /** A folder of installed extensions. */
  readonly extensions?: string;
  /** Needed for a suite inside the extension host; hides notifications, so pictures are taken without it. */
  readonly testing: boolean;
}

const START_TIMEOUT_MS = 60_000;

/** Starts the server on a port of its own choice, with folders and settings of its own. */
export async function startWorkbench(host: InstalledHost, options: WorkbenchOptions): Promise<Workbench> {
  const data = await mkdtemp(join(tmpdir(), 'rawsend-vscode-'));
  // Settings of the machine are read from a file of their own where the extension host is not the window's.
  for (const scope of ['User', 'Machine']) {
    await mkdir(join(data, 'data', scope), { recursive: true });
    await writeFile(join(data, 'data', scope, 'settings.json'), JSON.stringify({ ...SETTINGS, ...options.settings }));
  }
  const child = spawn(host.node, serverArguments(host, data, options), {
    // A group of its own, so that its extension hosts end with it.
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...options.env },
  });
  process.once('exit', () => signal(child, 'SIGKILL'));
  const log = collect(child);
  const stop = async (): Promise<void> => {
    await end(child);
    await rm(data, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    const port = await listening(child, log);
    const authority = `127.0.0.1:${port}`;
    return {
      log,
      stop,
      uriOf: (path) => `vscode-remote://${authority}${path}`,
      urlOf: (folder, payload = []) =>
        `http://${authority}/?${new URLSearchParams({ folder, ...(payload.length > 0 ? { payload: JSON.stringify(payload) } : {}) }).toString()}`,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** On a free port of this machine alone, without asking and without telling. */
const QUIET = [
  '--host=127.0.0.1',
  '--port=0',
  '--without-connection-token',
  '--accept-server-license-terms',
  '--telemetry-level=off',
];

function serverArguments(
  host: InstalledHost,
  data: string,
  { testing, extensions }: WorkbenchOptions,
): readonly string[] {
  const places = ['--server-data-dir', data, '--extensions-dir', extensions ?? join(data, 'extensions')];
  const driver = testing ? ['--enable-smoke-test-driver'] : [];
  return [join(host.server, 'out', 'server-main.js'), ...QUIET, ...places, ...driver];
}

function collect(child: ChildProcess): () => string {
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
    });
  }
  return () => text;
}

function listening(child: ChildProcess, log: () => string): Promise<string> {
  return new Promise((resolve, reject) => {
    const fail = (why: string): void => reject(new Error(`VS Code's server ${why}\n${log()}`));
    const timer = setTimeout(() => fail('did not start in time'), START_TIMEOUT_MS);
    child.once('error', (error) => fail(error.message));
    child.once('exit', (code) => fail(`ended with ${code}`));
    child.stdout?.on('data', () => {
      const port = /Extension host agent listening on (\d+)/.exec(log())?.[1];
      if (port === undefined) return;
      clearTimeout(timer);
      resolve(port);
    });
  });
}

const GRACE_MS = 3000;

async function end(child: ChildProcess): Promise<void> {
  const ended = new Promise<void>((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) resolve();
    else child.once('exit', () => resolve());
  });
  signal(child, 'SIGTERM');
  const timer = setTimeout(() => signal(child, 'SIGKILL'), GRACE_MS);
  await ended;
  clearTimeout(timer);
  // What is left of the group had its time as well.
  signal(child, 'SIGKILL');
}

function signal({ pid }: ChildProcess, name: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, name);
  } catch {
    // The group is gone already.
  }
}
