import { spawn } from 'node:child_process';
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { constants } from 'node:os';
import { HostError } from '../core/run/host';

/**
 * This machine as something that runs shell scripts: the same shape as an SSH connection, so that a host, its commands
 * and its streams are made in the same way from both. `name` is the host's name in the policy.
 */
export function localShell(name: string) {
  const running = new Set<LocalProcess>();
  return {
    open: async (command: string): Promise<LocalProcess> => {
      // A process group of its own, so that a cancel reaches the whole pipeline and a Ctrl-C in the terminal does not.
      const child = spawn('sh', ['-c', command], { detached: true, stdio: 'pipe' });
      const process = toProcess(name, child);
      running.add(process);
      child.once('close', () => running.delete(process));
      return process;
    },
    close: async (): Promise<void> => {
      for (const process of running) process.abandon();
    },
  };
}

type LocalProcess = ReturnType<typeof toProcess>;

function toProcess(name: string, child: ChildProcessWithoutNullStreams) {
  const exited = new Promise<number>((resolve, reject) => {
    child.once('exit', (code, signal) => resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal])));
    child.once('error', ({ message }) =>
      reject(new HostError('config', name, `${name} is this machine, and it cannot start a POSIX shell: ${message}`)),
    );
  });
  exited.catch(() => undefined);
  const { stdin, stdout, stderr } = child;
  const abandon = (): void => {
    for (const stream of [stdin, stdout, stderr]) stream.destroy();
  };
  return { stdin, stdout, stderr, exited, abandon };
}
