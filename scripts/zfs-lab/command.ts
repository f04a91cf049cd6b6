import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { once } from 'node:events';

export interface CommandOutput {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CommandOptions {
  readonly input?: string;
  /** Milliseconds; the command is killed then, and its code is 124, as with timeout(1). */
  readonly timeout?: number;
}

/** Runs a program to its end and collects what it prints. Throws only when it cannot be started. */
export function runCommand(argv: readonly string[], options: CommandOptions = {}): Promise<CommandOutput> {
  const [program = '', ...args] = argv;
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: 'pipe', timeout: options.timeout });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code: code ?? 124, stdout, stderr }));
    // A program that ends without reading its input is judged by its code alone.
    child.stdin.on('error', () => undefined).end(options.input ?? '');
  });
}

export interface LogOptions {
  /** Everything the program prints is appended to this file. */
  readonly log: string;
  /** Kills the program outright when it is aborted. */
  readonly signal: AbortSignal;
}

/** Runs a program of the build; throws an error that names the log when it fails. */
export async function runLogged(argv: readonly string[], { log, signal }: LogOptions): Promise<void> {
  const [program = '', ...args] = argv;
  const out = createWriteStream(log, { flags: 'a' });
  await once(out, 'open');
  const child = spawn(program, args, {
    stdio: ['ignore', out, out],
    env: BUILD_ENVIRONMENT,
    signal,
    killSignal: 'SIGKILL',
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', (error) => reject(signal.aborted ? new Error('the build was interrupted') : error));
    child.on('close', resolve);
  });
  out.end();
  if (code !== 0) throw new Error(`the build failed (exit ${code ?? 'by a signal'}); its output is in ${log}`);
}

const BUILD_ENVIRONMENT = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C' };
