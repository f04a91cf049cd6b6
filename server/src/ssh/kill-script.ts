import { quote } from '../core/shell/quote';

/** Seconds that processes have to end before they are ended by force. */
const POLITE = 3;

/**
 * Ends a script by its process id, with every process of its pipelines, and exits 0 once none is left.
 *
 * The process group is asked, for sshd makes the shell its leader, and the processes below the shell, in case it leads
 * no group or a program left it. With `elevate`, processes that run as root are reached too.
 */
export function killScript(pid: number, elevate: readonly string[]): string {
  // dash knows `--` only behind `-s`.
  const kill = `kill -s "$1" -- "$2" 2>/dev/null`;
  const signal = elevate.length === 0 ? kill : `${quote(elevate)} ${kill} || ${kill}`;
  return [
    `pids="-${pid} $(ps -A -o pid= -o ppid= 2>/dev/null | awk -v root=${pid} '${BELOW}')"`,
    `signal() { ${signal}; }`,
    'signal_all() { for pid in $pids; do signal "$1" "$pid"; done; }',
    'alive() { for pid in $pids; do signal 0 "$pid" && return; done; return 1; }',
    'signal_all TERM',
    `for tick in ${Array.from({ length: POLITE * 10 }, (_, tick) => tick).join(' ')}; do alive || exit 0; sleep 0.1; done`,
    'signal_all KILL',
    'sleep 0.1',
    '! alive',
  ].join('\n');
}

/** Prints `root` and every process below it, in awk. */
const BELOW =
  '{ parent[$1] = $2 } END { for (pid in parent) { for (at = pid; at in parent && at != root; at = parent[at]); if (at == root) print pid } }';
