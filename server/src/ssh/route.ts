import { HostError } from '../core/run/host';
import type { Host, StreamRequest } from '../core/run/host';
import { within } from './bounded';
import type { RunningCommand } from './running-command';
import { ShellHost } from './shell-host';

/** The host as an end of a stream. Hosts of other making cannot carry one: that is a bug of the caller. */
export function streamEnd(host: Host): ShellHost {
  if (host instanceof ShellHost) return host;
  throw new Error(`host ${host.name} was not opened by openHost`);
}

/** Stops a command and gives its exit status. Rejects with a HostError when it cannot be seen to end. */
export async function stopAndWait(command: RunningCommand, host: string): Promise<number> {
  await command.stop();
  const code = await within(command.exited, 0, undefined);
  if (code !== undefined) return code;
  throw new HostError(
    'timeout',
    host,
    `A command on ${host} did not end when it was stopped; it may still be running there`,
  );
}

/** Progress is for people: at most this often, in milliseconds. */
const PROGRESS_INTERVAL = 250;

/** Passes bytes on at most a few times a second. */
export function throttleProgress(onProgress: StreamRequest['onProgress']): (bytes: number) => void {
  let last = 0;
  return (bytes) => {
    const now = performance.now();
    if (now - last < PROGRESS_INTERVAL) return;
    last = now;
    onProgress(bytes);
  };
}
