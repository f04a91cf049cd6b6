import { quote } from '../shell/quote';
import { explainZfsError } from '../zfs/errors';
import { parseSendLine } from '../zfs/send-output';
import { parentOf } from '../zfs/names';
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

/**
 * Why a receive that exited with 0 is a failure all the same: it did not set what `-o` asked for, which is how a user
 * without the permission ends up with a copy that can be mounted. Undefined where every property was set.
 */
export function explainUnset(receive: readonly string[], { stderr }: ExecResult): string | undefined {
  const refused = [...stderr.matchAll(REFUSED_PROPERTY)];
  const names = [...new Set(refused.flatMap(({ groups }) => groups?.['property'] ?? []))];
  const wanted = receive.filter((_, index) => receive[index - 1] === '-o').map((word) => word.split('=')[0]);
  const unset = names.filter((name) => wanted.includes(name));
  if (unset.length === 0) return undefined;
  const target = receive.at(-1) ?? '';
  const allow = quote(['zfs', 'allow', 'USER', [...DELEGATED, ...names].join(','), parentOf(target) ?? target]);
  const why = refused[0]?.groups?.['why'] ?? '';
  return (
    `zfs receive brought the data but did not set ${unset.join(', ')} on ${target} (${why}), so it is not yet what the policy promises; ` +
    `delegate what is missing with \`${allow}\` there, or set elevate: sudo for the host`
  );
}

const REFUSED_PROPERTY = /^cannot receive (?<property>[\w:.-]+) property on .+: (?<why>.+)$/gm;

/** What a raw receive of a tree needs beside the properties that it sets; the names of permissions are zfs's. */
const DELEGATED = ['receive', 'create', 'mount', 'change-key', 'keylocation'];

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
