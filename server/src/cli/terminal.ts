import { createInterface } from 'node:readline/promises';
import type { Ask, HostKeyQuestion, PassphraseQuestion } from '../core/run/ask';
import { harmless } from './style';

/** A person at a terminal. Questions go to standard error, so that standard output stays clean. */
export interface Terminal {
  readonly ask: Ask;
  /** True for `y` or `yes`; false for anything else, for end of input and for Ctrl-C. */
  readonly confirm: (question: string) => Promise<boolean>;
}

/** The part of a terminal's input that is used here. */
export type TerminalInput = NodeJS.ReadableStream & { readonly setRawMode: (raw: boolean) => unknown };

export function createTerminal(input: TerminalInput, output: NodeJS.WritableStream): Terminal {
  const confirm = async (question: string): Promise<boolean> => {
    const answer = await readLine(input, output, `${question} [y/N] `);
    return /^y(?:es)?$/i.test(answer?.trim() ?? '');
  };
  // Several hosts connect at once, and a terminal takes one question at a time.
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(question: () => Promise<T>): Promise<T> => {
    const turn = last.then(question);
    last = turn.catch(() => undefined);
    return turn;
  };
  return {
    confirm,
    ask: {
      hostKey: (question) => inTurn(() => confirm(formatHostKey(question))),
      passphrase: (question) => inTurn(() => readSecret(input, output, formatPassphrase(question))),
    },
  };
}

const formatHostKey = ({ address, algorithm, fingerprint }: HostKeyQuestion): string =>
  `The key of ${harmless(address)} is not in known_hosts.\n  ${algorithm} ${harmless(fingerprint)}\n` +
  'Compare this fingerprint with the one on the host itself. Is it the same, and shall it be trusted from now on?';

const formatPassphrase = ({ keyFile, attempt }: PassphraseQuestion): string =>
  `${attempt > 1 ? 'That was not it. ' : ''}Passphrase for ${harmless(keyFile)}: `;

/** The terminal's own line editing is enough; without readline's, Ctrl-C stays a signal. */
async function readLine(
  input: TerminalInput,
  output: NodeJS.WritableStream,
  prompt: string,
): Promise<string | undefined> {
  const lines = createInterface({ input, output, terminal: false });
  const stop = new AbortController();
  const onInterrupt = (): void => stop.abort();
  const onClose = (): void => stop.abort();
  lines.once('close', onClose);
  process.once('SIGINT', onInterrupt);
  try {
    return await lines.question(prompt, { signal: stop.signal });
  } catch (error) {
    if (stop.signal.aborted) return undefined;
    throw error;
  } finally {
    process.off('SIGINT', onInterrupt);
    lines.off('close', onClose);
    lines.close();
  }
}

/** Reads a line without echo. Undefined when it is empty, at Ctrl-D and at Ctrl-C. */
function readSecret(input: TerminalInput, output: NodeJS.WritableStream, prompt: string): Promise<string | undefined> {
  output.write(prompt);
  input.setRawMode(true);
  input.setEncoding('utf8');
  return new Promise((resolve) => {
    let typed: readonly string[] = [];
    const finish = (answer: string | undefined): void => {
      input.off('data', onData);
      input.setRawMode(false);
      input.pause();
      output.write('\n');
      resolve(answer === '' ? undefined : answer);
    };
    const onData = (chunk: string): void => {
      for (const character of chunk) {
        if (character === '\r' || character === '\n') return finish(typed.join(''));
        if (character === '\u0004') return finish(undefined);
        if (character === '\u0003') {
          finish(undefined);
          process.kill(process.pid, 'SIGINT');
          return;
        }
        typed = edit(typed, character);
      }
    };
    input.on('data', onData);
    input.resume();
  });
}

function edit(typed: readonly string[], character: string): readonly string[] {
  if (character === '\u007F' || character === '\b') return typed.slice(0, -1);
  if (character === '\u0015') return [];
  return [...typed, character];
}
