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
  terminal.sendText(line.text, false);
  if (line.unresolved.length === 0) return;
  const names = line.unresolved.join(', ');
  await window.showWarningMessage(`Rawsend: ${names} has no value in a new terminal: set it before you press Enter`);
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
