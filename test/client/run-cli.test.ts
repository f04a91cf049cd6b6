import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CliRequest } from '../../client/src/run-cli';
import { runCli } from '../../client/src/run-cli';

/** Starts real child processes: small programs in the place of `rawsend`. */
describe('the program as a child process', () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'rawsend-child-'));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  function start(source: string, options: Partial<CliRequest> = {}): ReturnType<typeof runCli> {
    const program = join(folder, 'program.js');
    writeFileSync(program, source);
    return runCli({ program, args: [], input: '', cwd: folder, ask: () => Promise.resolve(null), ...options });
  }

  it('gets its arguments and its input, and gives lines, streams and status', async () => {
    const lines: string[] = [];
    const { result } = start(
      `let text = ''; process.stdin.on('data', (d) => text += d).on('end', () => {
         console.log(process.argv[2]); console.log(text); console.error('why'); process.disconnect(); process.exitCode = 3; });`,
      { args: ['plan'], input: 'version: 1', onLine: (line) => lines.push(line) },
    );
    assert.deepEqual(await result, { code: 3, stdout: 'plan\nversion: 1', stderr: 'why\n' });
    assert.deepEqual(lines, ['plan', 'version: 1']);
  });

  const ASKING = `process.on('message', (m) => { console.log(JSON.stringify(m)); process.disconnect(); });
    process.send({ type: 'ask', id: 5, question: { kind: 'passphrase', keyFile: '/k', attempt: 1 } });`;

  it('is answered', async () => {
    const { result } = start(ASKING, { ask: (question) => Promise.resolve(`for ${question.kind}`) });
    assert.deepEqual(JSON.parse((await result).stdout), { type: 'answer', id: 5, answer: 'for passphrase' });
  });

  it('is told that nobody answers, when asking fails', async () => {
    const { result } = start(ASKING, { ask: () => Promise.reject(new Error('the window closed')) });
    assert.deepEqual(JSON.parse((await result).stdout), { type: 'answer', id: 5, answer: null });
  });

  it('is asked to stop, not killed', async () => {
    const run = start(
      `process.on('message', ({ type }) => { console.log(type); process.disconnect(); }); console.log('ready');`,
      {
        onLine: (line) => line === 'ready' && run.cancel(),
      },
    );
    assert.deepEqual(await run.result, { code: 0, stdout: 'ready\ncancel', stderr: '' });
    run.cancel();
  });

  it('that dies of a signal says so', async () => {
    const { code, stderr } = await start(`process.kill(process.pid, 'SIGKILL')`).result;
    assert.equal(code, 3);
    assert.match(stderr, /SIGKILL/);
  });

  it('that does not read its input does no harm', async () => {
    const { result } = start('process.exit(2)', { input: 'x'.repeat(1_000_000) });
    assert.equal((await result).code, 2);
  });
});
