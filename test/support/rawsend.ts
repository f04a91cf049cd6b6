import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { RunEvent } from '../../server/src/core/run/event';

export const ROOT = path.resolve(__dirname, '../..');

export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Rawsend {
  /** Runs the built command line to its end. `onEvent` sees each NDJSON line of `run` as it comes. */
  readonly run: (args: readonly string[], options?: RunOptions) => Promise<Ended>;
  readonly stateHome: string;
}

export interface RunOptions {
  readonly input?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly onEvent?: (event: RunEvent, kill: (signal: NodeJS.Signals) => void) => void;
}

/** The built command line, as a user has it: `dist/cli.js` with a state folder and an SSH config of its own. */
export function rawsend(sshConfig: string): Rawsend {
  const stateHome = mkdtempSync(path.join(os.tmpdir(), 'rawsend-state-'));
  const run: Rawsend['run'] = (args, options = {}) =>
    new Promise((resolve, reject) => {
      const env = { ...process.env, XDG_STATE_HOME: stateHome, RAWSEND_SSH_CONFIG: sshConfig, ...options.env };
      const child = spawn(process.execPath, [path.join(ROOT, 'dist/cli.js'), ...args], { env, stdio: 'pipe' });
      let stdout = '';
      let stderr = '';
      let seen = 0;
      child.stdout.on('data', (data: Buffer) => {
        stdout += data.toString();
        for (let end = stdout.indexOf('\n', seen); end >= 0; end = stdout.indexOf('\n', seen)) {
          const line = stdout.slice(seen, end);
          seen = end + 1;
          if (options.onEvent && line.startsWith('{'))
            options.onEvent(JSON.parse(line) as RunEvent, (s) => child.kill(s));
        }
      });
      child.stderr.on('data', (data: Buffer) => (stderr += data.toString()));
      child.on('error', reject);
      child.on('close', (code) => resolve({ code: code ?? 128, stdout, stderr }));
      child.stdin.end(options.input ?? '');
    });
  return { run, stateHome };
}

/** The events of `rawsend run`; fails with everything that was printed when there are none. */
export function eventsOf(ended: Ended): readonly RunEvent[] {
  const events = ended.stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as RunEvent);
  assert.ok(events.length > 0, `no events; exit ${ended.code}\n${ended.stderr}`);
  return events;
}

export type Finished = Extract<RunEvent, { kind: 'finished' }>;

export function finishedOf(ended: Ended): Finished {
  const last = eventsOf(ended).at(-1);
  assert.ok(last?.kind === 'finished', `the last event is ${last?.kind}\n${ended.stderr}`);
  return last;
}
