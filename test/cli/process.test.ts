import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { temporaryFolder } from './temporary-folder';

const CLI = path.resolve(__dirname, '../../server/src/bin/cli.ts');

/** The real process, through a shell, for what a double cannot show. */
function runShell(
  script: string,
  cwd: string,
): Promise<{ readonly code: number | null; readonly stdout: string; readonly stderr: string }> {
  const rawsend = `"${process.execPath}" --import "${require.resolve('tsx')}" "${CLI}"`;
  const child = spawn('bash', ['-c', `rawsend() { ${rawsend} "$@"; }; ${script}`], {
    cwd,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk: Buffer) => (output.stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output.stderr += chunk.toString()));
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, ...output })));
}

/** A folder with a script that has thousands of findings. */
const folder = (): string => {
  const made = temporaryFolder();
  writeFileSync(path.join(made, 'a.sh'), 'zfs send tank/prod@a > f\n'.repeat(2000));
  return made;
};

describe('the process', () => {
  it('prints the version of the package', async () => {
    const { code, stdout } = await runShell('rawsend --version', folder());
    assert.equal(code, 0);
    assert.match(stdout, /^\d+\.\d+\.\d+\n$/);
  });

  it('is quiet when its reader goes away, and keeps its exit code', async () => {
    const { code, stderr } = await runShell('set -o pipefail; rawsend lint a.sh | head -c 1', folder());
    assert.equal(stderr, '');
    assert.equal(code, 1);
  });

  it('writes everything into a pipe before it ends', async () => {
    const { stdout } = await runShell('rawsend lint --format json a.sh | cat', folder());
    assert.ok(stdout.length > 65_536);
    assert.ok(stdout.endsWith('}\n'));
  });

  it('does not claim success on a full disk', async () => {
    const { code, stderr } = await runShell('rawsend --help > /dev/full', folder());
    assert.equal(code, 3);
    assert.match(stderr, /standard output could not be written \(ENOSPC\)/);
  });
});
