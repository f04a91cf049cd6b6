#!/usr/bin/env node
import { parentPort, workerData } from 'node:worker_threads';
import { helpLint } from '../cli/lint/lint-helper';
import { optimiseLate } from './optimise-late';

const flushed = (stream: NodeJS.WriteStream): Promise<void> =>
  new Promise((resolve) => {
    stream.write('', () => resolve());
  });

async function runProcess(): Promise<void> {
  const { main } = await import('../cli/main.js');
  const { EXIT } = await import('../cli/exit-code.js');
  const { createProcessIo } = await import('../cli/process-io.js');
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

/**
 * The language server, which `dist/server.js` starts: both programs are one bundle, for they are the same code but for a
 * tenth, and the extension carries it once.
 */
export const serve = (): Promise<unknown> => import('./server.js');

if (parentPort) helpLint(parentPort, workerData);
else if (require.main === module) {
  optimiseLate();
  void runProcess();
}
