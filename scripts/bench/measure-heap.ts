import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { StreamMessageReader, StreamMessageWriter, createProtocolConnection } from 'vscode-languageserver/node';
import { SERVER_FLAGS } from '../../client/src/server-flags';
import { openSession, scriptOf } from './editing-session';
import type { InstalledServer } from './peers';
import { toResult } from './result';
import type { BenchResult } from './result';
import { generateScript } from './script-generator';

const LINES = 10_000;
const EDITS = 20;
const LIMIT = 150;

/** What the shipped server holds with one long document open, after some edits and a full collection. */
export async function measureHeap({ name, folder }: InstalledServer): Promise<readonly BenchResult[]> {
  const text = generateScript({ seed: LINES, lines: LINES, density: 'dense' });
  const peer = path.join(folder, 'node_modules', 'bash-language-server', 'out', 'cli.js');
  const ours = await memoryOf([...SERVER_FLAGS, path.resolve('dist/server.js'), '--stdio'], text);
  const theirs = await memoryOf([peer, 'start'], text);
  const row = { peerName: name, unit: 'MiB' } as const;
  const situation = `one document of ${LINES} lines open, after ${EDITS} edits and a full collection`;
  return [
    toResult({
      ...row,
      name: `heap-${LINES}`,
      includes: `JavaScript heap in use and memory outside of it (the peer's parser is WebAssembly); ${situation}`,
      ours: ours.held,
      peer: theirs.held,
      target: { of: 'ours', limit: LIMIT },
    }),
    toResult({
      ...row,
      name: `resident-${LINES}`,
      includes: `resident memory of the whole server process, Node included; ${situation}`,
      ours: ours.resident,
      peer: theirs.resident,
    }),
  ];
}

interface Memory {
  readonly held: number;
  readonly resident: number;
}

async function memoryOf(program: readonly string[], text: string): Promise<Memory> {
  const flags = ['--expose-gc', '--require', path.join(__dirname, 'memory-probe.cjs')];
  const child = spawn(process.execPath, [...flags, ...program], { stdio: ['pipe', 'pipe', 'inherit', 'ipc'] });
  const { stdin, stdout } = child;
  if (!stdin || !stdout) throw new Error('the server has no streams');
  const connection = createProtocolConnection(new StreamMessageReader(stdout), new StreamMessageWriter(stdin));
  try {
    const session = await openSession(connection, scriptOf(text));
    for (let edit = 0; edit < EDITS; edit++) await session.edit();
    child.send('measure');
    const [usage] = (await once(child, 'message')) as [NodeJS.MemoryUsage];
    return { held: mebibytes(usage.heapUsed + usage.external), resident: mebibytes(usage.rss) };
  } finally {
    connection.dispose();
    child.kill();
  }
}

const mebibytes = (bytes: number): number => bytes / 2 ** 20;
