import type { ActiveReceive } from './inventory';

/**
 * The receives in what `ps -o pid= -o args=` printed. ZFS itself does not tell that a receive is at work: the resume
 * token of a dataset shows, and changes, while the stream comes in (measured on 2.3.2).
 */
export function readActiveReceives(output: string): readonly ActiveReceive[] {
  return output.split('\n').flatMap((line) => {
    const { pid, command } = RECEIVE.exec(line)?.groups ?? {};
    return pid === undefined || command === undefined ? [] : [{ pid: Number(pid), command }];
  });
}

/** Only zfs itself: the sudo or shell around it has the same words. */
const RECEIVE = /^\s*(?<pid>\d+)\s+(?<command>(?:\S*\/)?zfs\s+(?:receive|recv)\s.*\S)\s*$/;
