#!/usr/bin/env node
import { parentPort, workerData } from 'node:worker_threads';
import { main } from '../cli/main';
import { EXIT } from '../cli/exit-code';
import { helpLint } from '../cli/lint/lint-helper';
import { createProcessIo } from '../cli/process-io';
import { optimiseLate } from './optimise-late';

const flushed = (stream: NodeJS.WriteStream): Promise<void> =>
  new Promise((resolve) => {
    stream.write('', () => resolve());
  });

async function runProcess(): Promise<void> {
  // Set by an editor that runs this in its own Electron; what we start in turn is none.
  delete process.env['ELECTRON_RUN_AS_NODE'];
  const { io, lostOutput } = createProcessIo(__filename);
  const code = await main(process.argv.slice(2), io);
  await flushed(process.stdout);
  const lost = lostOutput();
  if (lost !== undefined) io.stderr.write(`rawsend: ${lost}\n`);
  await flushed(process.stderr);
  // Ends also what a broken connection left open; everything that matters was awaited.
  process.exit(lost === undefined ? code : Math.max(code, EXIT.failed));
}

if (parentPort) {
  helpLint(parentPort, workerData);
} else {
  optimiseLate();
  void runProcess();
}
