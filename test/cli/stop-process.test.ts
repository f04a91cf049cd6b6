import assert from 'node:assert/strict';
import { type ChildProcess, fork } from 'node:child_process';
import { chmodSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { RunEvent } from '../../server/src/core/run/event';
import { temporaryFolder } from './temporary-folder';

const CLI = path.resolve(__dirname, '../../server/src/bin/cli.ts');

const POLICY = `version: 1
hosts:
  here: { local: true }
  there: { local: true }
policies:
  prod-to-vault: { intent: vault, source: "here:tank/prod", target: "there:backup/prod" }
`;

/** A `zfs` that says it has begun, and takes longer than any test waits. */
const SLOW = (begun: string): string => `#!/bin/sh\ntouch ${begun}\nexec sleep 60\n`;

/** Runs the real program against this machine, with a `zfs` that hangs, and stops it in a way that no double can show. */
async function check(stop: (child: ChildProcess) => void): Promise<void> {
  const folder = temporaryFolder();
  const begun = path.join(folder, 'begun');
  for (const program of ['zfs', 'zpool']) {
    writeFileSync(path.join(folder, program), SLOW(begun));
    chmodSync(path.join(folder, program), 0o755);
  }
  writeFileSync(path.join(folder, 'rawsend.yaml'), POLICY);
  const env = {
    ...process.env,
    PATH: `${folder}:${process.env['PATH'] ?? ''}`,
    XDG_STATE_HOME: path.join(folder, 'state'),
  };
  const child = fork(CLI, ['run', '--yes'], {
    cwd: folder,
    env,
    execArgv: ['--import', require.resolve('tsx')],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let stderr = '';
  child.stderr?.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const ended = new Promise<number | null>((resolve) => child.on('exit', resolve));
  while (!readdirSync(folder).includes('begun')) {
    assert.equal(child.exitCode, null, stderr);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  stop(child);
  assert.equal(await ended, 3, stderr);
  const runs = path.join(folder, 'state/rawsend/runs');
  const [log, receipt] = readdirSync(runs).toSorted();
  assert.ok(receipt?.endsWith('.receipt.json'));
  const lines = readFileSync(path.join(runs, log ?? ''), 'utf8')
    .trimEnd()
    .split('\n');
  const last: RunEvent = JSON.parse(lines.at(-1) ?? '');
  assert.ok(last.kind === 'finished' && last.outcome === 'cancelled', lines.at(-1));
  assert.deepEqual(readdirSync(path.join(folder, 'state/rawsend/locks')), []);
}

describe('the real program cancels cleanly', () => {
  it('at Ctrl-C', () => check((child) => child.kill('SIGINT')));
  it('when its terminal is closed', () => check((child) => child.kill('SIGHUP')));
  it('when its parent says so', () => check((child) => child.send({ type: 'cancel' })));
  it('when its parent goes away', () => check((child) => child.disconnect()));
});
