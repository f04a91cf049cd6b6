import assert from 'node:assert/strict';
import { once } from 'node:events';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { lintInThreads, type StartHelper } from '../../../server/src/cli/lint/lint-in-threads';
import type { LintTask } from '../../../server/src/cli/lint/lint-task';

/** Enough documents for a helper, each about a dataset of its own that the next one keeps or sends without -w. */
const TASKS: readonly LintTask[] = Array.from({ length: 60 }, (_, index) => {
  const lines = [
    `zfs create -o encryption=on tank/d${index}`,
    `zfs send -w tank/d${index}@a | ssh vault zfs receive -s -u backup/d${index}`,
    `zfs destroy -r backup/d${(index + 1) % 60}`,
    `zfs send tank/d${(index + 30) % 60}@b | ssh vault zfs receive -s -u backup/d${(index + 30) % 60}`,
  ];
  const text = `${lines.join('\n')}\n${'# and what has to be explained about it\n'.repeat(120)}`;
  return { document: { path: `s${index}.sh`, text }, context: {}, baseline: [], unfixed: false };
});

/** The program itself, as the command line starts it. */
const program = path.resolve('server/src/bin/cli.ts');

const startScript =
  (code: string): StartHelper =>
  (tasks) =>
    new Worker(code, { eval: true, workerData: tasks, execArgv: [], stderr: true });

describe('linting on several threads', () => {
  const alone = lintInThreads(TASKS, undefined);

  it('finds what one thread finds, also across documents', async () => {
    const ends: Promise<unknown[]>[] = [];
    const results = await lintInThreads(TASKS, (tasks) => {
      const worker = startScript(`require('tsx/cjs'); require(${JSON.stringify(program)})`)(tasks);
      ends.push(once(worker, 'exit'));
      return worker;
    });
    assert.ok(ends.length > 0, 'no helper was started');
    for (const [code] of await Promise.all(ends)) assert.equal(code, 0, 'the helper itself failed');
    assert.deepEqual(results, await alone);
    const messages = results.flatMap((result) => (result.kind === 'linted' ? result.findings : []));
    assert.ok(
      messages.some(({ message }) => message.includes('.sh')),
      'nothing is known across documents',
    );
  });

  it('takes over what a helper leaves undone', async () => {
    // It takes tasks and dies of it; the last one says what its documents say before it does.
    const take =
      'const { workerData: { next }, parentPort } = require("node:worker_threads"); Atomics.add(next, 0, 9);';
    const deaths = [
      'throw new Error("full")',
      'process.exit(3)',
      'parentPort.postMessage(new Map()); parentPort.close()',
    ];
    for (const death of deaths) {
      assert.deepEqual(await lintInThreads(TASKS, startScript(`${take} ${death}`)), await alone, death);
    }
  });

  it('needs no other thread for a few documents', async () => {
    const results = await lintInThreads(TASKS.slice(0, 3), () => assert.fail('a helper was started'));
    assert.equal(results.length, 3);
  });
});
