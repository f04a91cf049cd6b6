import type { Connect, Io, StopReason } from '../../server/src/cli/io';
import { main } from '../../server/src/cli/main';
import { askNobody } from '../../server/src/core/run/ask';
import { HostError } from '../../server/src/core/run/host';

/** How a test differs from a pipe in an empty environment. */
export interface Circumstances {
  readonly cwd?: string;
  readonly stdin?: string | Buffer;
  readonly terminal?: boolean;
  readonly env?: Io['env'];
  readonly confirm?: Io['confirm'];
  readonly connect?: Connect;
  readonly now?: () => Date;
  /** Takes what tells the run to stop, as soon as the command listens. */
  readonly onListen?: (stop: (reason: StopReason) => void) => void;
}

export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  /** Standard output as it was written. */
  readonly bytes: Buffer;
  /** Codes with which the process was ended at once. */
  readonly aborted: readonly number[];
}

export const NOW = new Date('2025-11-23T04:05:06Z');

const nobodyThere: Connect = {
  openHost: (entry) => Promise.reject(new HostError('unreachable', entry.name, `${entry.name} cannot be reached`)),
  createTransport: () => {
    throw new Error('this test has no transport');
  },
};

/** Runs one command line in process. */
export async function runCli(argv: readonly string[], circumstances: Circumstances = {}): Promise<Ended> {
  const written: Record<'stdout' | 'stderr', Buffer[]> = { stdout: [], stderr: [] };
  const aborted: number[] = [];
  const isTTY = circumstances.terminal ?? false;
  const output = (name: keyof typeof written): Io['stdout'] => ({
    isTTY,
    columns: () => 80,
    write: (content) => void written[name].push(toBuffer(content)),
  });
  const code = await main(argv, {
    version: '1.2.3',
    stdin: { isTTY, read: () => Promise.resolve(toBuffer(circumstances.stdin ?? '')) },
    stdout: output('stdout'),
    stderr: output('stderr'),
    env: circumstances.env ?? {},
    cwd: circumstances.cwd ?? '/',
    pid: process.pid,
    now: circumstances.now ?? (() => NOW),
    onStop: (listener) => {
      circumstances.onListen?.(listener);
      return () => undefined;
    },
    abort: (exitCode) => void aborted.push(exitCode),
    ask: askNobody,
    ...(circumstances.confirm !== undefined && { confirm: circumstances.confirm }),
    connect: () => Promise.resolve(circumstances.connect ?? nobodyThere),
  });
  const bytes = Buffer.concat(written.stdout);
  return { code, stdout: bytes.toString(), stderr: Buffer.concat(written.stderr).toString(), bytes, aborted };
}

const toBuffer = (content: string | Buffer): Buffer => (typeof content === 'string' ? Buffer.from(content) : content);
