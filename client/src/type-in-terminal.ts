import { setTimeout } from 'node:timers/promises';
import type { Terminal } from 'vscode';
import { window } from 'vscode';
import type { TerminalLine } from '../../server/src/protocol';

/**
 * Types a command into a new terminal and leaves it there: the person reads it and presses Enter, or does not. It
 * is a terminal of its own, because text that waits in another one would become part of the command.
 */
export async function typeInTerminal(line: unknown): Promise<void> {
  if (!isTerminalLine(line) || hasControlCharacter(line.text)) return;
  const terminal = window.createTerminal({ name: 'Rawsend' });
  terminal.show();
  await prompt(terminal);
  terminal.sendText(line.text, false);
  if (line.unresolved.length === 0) return;
  const names = line.unresolved.join(', ');
  await window.showWarningMessage(`Rawsend: ${names} has no value in a new terminal: set it before you press Enter`);
}

/** A shell without integration does not say when it is ready. */
const LONGEST_WAIT_MS = 2000;

/** Text that arrives before the prompt would be shown twice. */
async function prompt(terminal: Terminal): Promise<void> {
  const ready = new Promise<void>((resolve) => {
    const listener = window.onDidChangeTerminalShellIntegration((event) => {
      if (event.terminal !== terminal) return;
      listener.dispose();
      resolve();
    });
    void setTimeout(LONGEST_WAIT_MS).then(() => listener.dispose());
  });
  await Promise.race([ready, setTimeout(LONGEST_WAIT_MS)]);
}

const isTerminalLine = (value: unknown): value is TerminalLine =>
  typeof value === 'object' &&
  value !== null &&
  'text' in value &&
  typeof value.text === 'string' &&
  'unresolved' in value &&
  Array.isArray(value.unresolved);

/** A terminal runs what stands before a line break; the server never sends one, and another caller shall not. */
const hasControlCharacter = (text: string): boolean => /\p{Cc}/u.test(text);
