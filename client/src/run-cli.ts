import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { AskParams, ChildMessage, ParentMessage } from '../../server/src/protocol';

/** One start of the `rawsend` program. */
export interface CliRequest {
  /** The bundled program. */
  readonly program: string;
  readonly args: readonly string[];
  /** Standard input: the policy file's text, so that unsaved edits count. */
  readonly input: string;
  readonly cwd: string | undefined;
  readonly ask: (question: AskParams) => Promise<string | null>;
  readonly onLine?: (line: string) => void;
}

export interface CliResult {
  /** 0 done, 1 a finding, a conflict or a failed verification, 2 wrong use, 3 could not do it. */
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CliRun {
  readonly result: Promise<CliResult>;
  /** Asks the program to stop cleanly; `result` settles when it has. */
  readonly cancel: () => void;
}

/**
 * Starts the program that writes: this window only shows what it says and answers its questions. When the
 * window goes away the channel closes, and the program cancels by itself.
 */
export function runCli(request: CliRequest): CliRun {
  const child = fork(request.program, [...request.args], {
    execPath: process.execPath,
    execArgv: [],
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1', NO_COLOR: '1' },
    cwd: request.cwd,
    stdio: ['pipe', 'pipe', 'pipe', 'ipc'],
  });
  child.on('message', (message) => void answerQuestion(child, message, request.ask));
  // A program that ended before it read its input has said why on stderr.
  child.stdin?.on('error', () => undefined);
  child.stdin?.end(request.input);
  return { result: collect(child, request.onLine), cancel: () => send(child, { type: 'cancel' }) };
}

async function answerQuestion(child: ChildProcess, message: unknown, ask: CliRequest['ask']): Promise<void> {
  if (!isQuestion(message)) return;
  const answer = await ask(message.question).catch(() => null);
  send(child, { type: 'answer', id: message.id, answer });
}

const isQuestion = (message: unknown): message is ChildMessage =>
  typeof message === 'object' && message !== null && 'type' in message && message.type === 'ask';

function send(child: ChildProcess, message: ParentMessage): void {
  if (child.connected) child.send(message);
}

function collect(child: ChildProcess, onLine: CliRequest['onLine']): Promise<CliResult> {
  return new Promise((resolve, reject) => {
    const stdout: string[] = [];
    const stderr: string[] = [];
    if (child.stdout) {
      createInterface({ input: child.stdout }).on('line', (line) => {
        stdout.push(line);
        onLine?.(line);
      });
    }
    child.stderr?.setEncoding('utf8').on('data', (text: string) => stderr.push(text));
    child.on('error', reject);
    // `close` comes after both streams have ended, `exit` may come before.
    child.on('close', (code, signal) => {
      const ended = signal === null ? '' : `ended by ${signal}\n`;
      resolve({ code: code ?? 3, stdout: stdout.join('\n'), stderr: stderr.join('') + ended });
    });
  });
}
