import { explainZfsError } from '../zfs/errors';
import { parseSendLine } from '../zfs/send-output';
import type { ExecResult, StreamResult } from './host';

/** Longer texts tell no more, and a receipt keeps them. */
const MAX_TEXT = 2000;

/** Why a command failed: the known meaning and advice, and always what it printed. */
export function explainCommand(name: string, result: ExecResult): string {
  const text = saidBy(result);
  const known = explainZfsError(result.stderr);
  const what = known === undefined ? '' : `: ${known.meaning}; ${known.advice}`;
  const printed = text === '' ? 'it printed nothing' : `it printed: ${text}`;
  return `${name} ended with ${result.code}${what} (${printed})`;
}

/**
 * Why a stream failed; undefined when both stages exited with 0. The receive is judged first: a send whose
 * receive fails dies of SIGPIPE. Only "failed to read from stream" points the other way.
 */
export function explainStream({ send, receive }: StreamResult): string | undefined {
  if (receive.code === 0 && send.code === 0) return undefined;
  const echoes = explainZfsError(receive.stderr)?.code === 'stream-broken';
  if (receive.code === 0 || (echoes && send.code !== 0)) return explainCommand('zfs send', send);
  return explainCommand('zfs receive', receive);
}

/** What a stage said beside its progress: with exit 0 a property may still not have been set. */
export function saidBy({ stderr }: ExecResult): string {
  const lines = stderr.split('\n').filter((line) => !isRoutine(line));
  return lines.join('\n').trim().slice(0, MAX_TEXT);
}

/** Sizes, progress, and the dump of a resume token, all of which `-v` asked for. */
function isRoutine(line: string): boolean {
  if (line.trim() === '' || parseSendLine(line) !== undefined) return true;
  return /^resume token contents:|^nvlist version:|^\t\w+ = |^Warning: .+ does not apply to datasets of this type/.test(
    line,
  );
}
