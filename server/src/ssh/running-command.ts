import type { Readable, Writable } from 'node:stream';
import { HostError } from '../core/run/host';
import { within } from './bounded';
import { dropLoginNoise, takePidLine } from './pid-line';
import type { PidReport } from './pid-line';
import { encodeScript, newMarker, reportPid, reportStart } from './shell-script';
import type { ShellProcess } from './shell-process';

/** A script at work on a host: one end of a stream, or a command whose output is collected. */
export interface RunningCommand {
  readonly stdin: Writable;
  readonly stdout: Readable;
  readonly stderr: Readable;
  /** Rejects with a HostError when the host is lost, or has no POSIX shell. */
  readonly exited: Promise<number>;
  /** Ends every process of the script, by force if need be. False when it could not be seen to end. */
  readonly stop: () => Promise<boolean>;
  /** Lets go of the pipes. */
  readonly abandon: () => void;
}

export interface Runner {
  readonly host: string;
  /** Bounded in time, and never rejects. */
  readonly kill: (pid: number) => Promise<boolean>;
}

/** Milliseconds that a script has to report its process id, and to be seen to end after it was killed. */
const GRACE = 3_000;

/** Feeds `script` to a shell that BOOTSTRAP started. */
export function runScript(process: ShellProcess, script: string, runner: Runner): RunningCommand {
  const marker = newMarker();
  const { rest, report } = takePidLine(process.stderr, marker);
  // A program that stops reading is no error of the stream: its exit status says what happened.
  process.stdin.on('error', () => undefined);
  process.stdin.write(encodeScript(`${reportPid(marker)}\n${reportStart(marker)}\n${script}`));
  const exited = process.exited.then(async (code) => {
    const started = await within(report, GRACE, SILENT);
    if ('pid' in started) return code;
    throw noShell(runner.host, code, started.said);
  });
  exited.catch(() => undefined);
  let stopping: Promise<boolean> | undefined;
  return {
    stdin: process.stdin,
    stdout: dropLoginNoise(process.stdout, marker),
    stderr: rest,
    exited,
    stop: () => (stopping ??= stopCommand({ exited, report, abandon: process.abandon }, runner)),
    abandon: process.abandon,
  };
}

const SILENT: PidReport = { said: '' };

function noShell(host: string, code: number, said: string): HostError {
  const text = said.trim().slice(0, 500);
  const answer = text === '' ? `exit status ${code}` : `exit status ${code}: ${text}`;
  return new HostError(
    'config',
    host,
    `${host} did not run a POSIX shell (${answer}); Rawsend needs sh and a login that may run commands`,
  );
}

interface Stoppable {
  readonly exited: Promise<number>;
  readonly report: Promise<PidReport>;
  readonly abandon: () => void;
}

async function stopCommand(command: Stoppable, runner: Runner): Promise<boolean> {
  const started = await within(command.report, GRACE, SILENT);
  const ended = command.exited.then(
    () => true,
    () => false,
  );
  if ('pid' in started && !(await within(ended, 0, false))) await runner.kill(started.pid);
  const seen = await within(ended, GRACE, false);
  command.abandon();
  return seen;
}
