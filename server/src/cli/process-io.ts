import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { askNobody } from '../core/run/ask';
import { createIpcAsk, isCancel } from './ipc-ask';
import type { Input, Io, Output, StopReason } from './io';
import { createTerminal } from './terminal';

/**
 * The io of the running process, whose own file is `program`. `lostOutput` names a stream that could not take everything,
 * e.g. on a full disk.
 */
export function createProcessIo(program: string): { readonly io: Io; readonly lostOutput: () => string | undefined } {
  const lost = new Map<string, string>();
  const terminal =
    process.stdin.isTTY && process.stderr.isTTY ? createTerminal(process.stdin, process.stderr) : undefined;
  const io: Io = {
    version: readVersion(__dirname),
    stdin: createInput(process.stdin),
    stdout: createOutput('standard output', process.stdout, lost),
    stderr: createOutput('standard error', process.stderr, lost),
    env: process.env,
    cwd: process.cwd(),
    pid: process.pid,
    now: () => new Date(),
    onStop: listenForStop,
    abort: (code) => process.exit(code),
    ask: process.send === undefined ? (terminal?.ask ?? askNobody) : createIpcAsk(process),
    ...(terminal !== undefined && { confirm: terminal.confirm }),
    connect: () => import('../connect.js'),
    startHelper: (tasks) => new Worker(program, { workerData: tasks }),
  };
  return { io, lostOutput: () => [...lost].map(([name, code]) => `${name} could not be written (${code})`)[0] };
}

function createInput(stream: NodeJS.ReadStream): Input {
  return {
    isTTY: stream.isTTY,
    read: async () => {
      const chunks: Buffer[] = [];
      for await (const chunk of stream) chunks.push(Buffer.from(chunk));
      return Buffer.concat(chunks);
    },
  };
}

/** A reader that went away, or a terminal that was closed, is no failure of ours. */
const READER_GONE: ReadonlySet<string> = new Set(['EPIPE', 'EIO', 'ECONNRESET']);

function createOutput(name: string, stream: NodeJS.WriteStream, lost: Map<string, string>): Output {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    const code = error.code ?? 'unknown error';
    if (!READER_GONE.has(code)) lost.set(name, code);
  });
  return {
    isTTY: stream.isTTY,
    columns: () => stream.columns ?? 80,
    write: (content) => {
      if (stream.writable) stream.write(content);
    },
  };
}

const SIGNALS: readonly (readonly [NodeJS.Signals, StopReason])[] = [
  ['SIGINT', 'interrupt'],
  ['SIGTERM', 'terminate'],
  // Sent when the terminal is closed.
  ['SIGHUP', 'parent-gone'],
];

function listenForStop(listener: (reason: StopReason) => void): () => void {
  const handlers = SIGNALS.map(([signal, reason]) => ({ signal, handle: () => listener(reason) }));
  const onMessage = (message: unknown): void => {
    if (isCancel(message)) listener('cancel');
  };
  const onDisconnect = (): void => listener('parent-gone');
  for (const { signal, handle } of handlers) process.on(signal, handle);
  process.on('message', onMessage);
  process.on('disconnect', onDisconnect);
  return () => {
    for (const { signal, handle } of handlers) process.off(signal, handle);
    process.off('message', onMessage);
    process.off('disconnect', onDisconnect);
  };
}

/** From the nearest package.json above, which is the same one for the sources and for the bundle. */
function readVersion(folder: string): string {
  for (let current = folder; current !== path.dirname(current); current = path.dirname(current)) {
    const version = versionOf(path.join(current, 'package.json'));
    if (version !== undefined) return version;
  }
  return 'unknown';
}

function versionOf(file: string): string | undefined {
  try {
    const manifest: unknown = JSON.parse(readFileSync(file, 'utf8'));
    if (typeof manifest !== 'object' || manifest === null || !('version' in manifest)) return undefined;
    return typeof manifest.version === 'string' ? manifest.version : undefined;
  } catch {
    return undefined;
  }
}
