import { quote } from '../core/shell/quote';
import type { Destination } from './destination';

/** The source checks the key of a jump host by its own known_hosts, and nobody is there to be asked. */
const OPTIONS = [
  'StrictHostKeyChecking=yes',
  'UpdateHostKeys=no',
  // The key may neither come from the DNS nor from a connection that somebody else opened and checked.
  'VerifyHostKeyDNS=no',
  'ControlMaster=no',
  'ControlPath=none',
  'BatchMode=yes',
  'ForwardAgent=no',
];

/**
 * The ProxyCommand by which ssh reaches its host through `jump`: `-J` would not pass our options on to the ssh that it
 * starts. It reports `MARKER jump STATUS` on standard error when the jump host's ssh ends by itself; that is before ssh
 * can see the end of the connection, which stays open while the shell has it.
 *
 * @param options of both: what ssh is told for its host too.
 */
export function jumpCommand(jump: Destination, marker: string, options: readonly string[]): string {
  const user = jump.user === undefined ? [] : ['-l', jump.user];
  const port = jump.port === undefined ? [] : ['-p', String(jump.port)];
  const flags = [...OPTIONS, ...options].flatMap((option) => ['-o', option]);
  const ssh = quote(['ssh', ...flags, ...user, ...port]);
  const script = `${ssh} -W "$1" -- ${quote([jump.host])}; printf '\\n%s jump %d\\n' '${marker}' "$?" >&2`;
  // ssh replaces %h and %p, and would replace any other.
  return quote(['sh', '-c', script.replaceAll('%', '%%'), 'sh', '[%h]:%p']);
}
