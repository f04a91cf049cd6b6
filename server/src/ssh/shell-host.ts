import type { HostEntry } from '../core/policy/policy';
import { HostError } from '../core/run/host';
import type { Cancel, ExecOptions, ExecResult, Host } from '../core/run/host';
import { quote } from '../core/shell/quote';
import { BoundedText, collect, within } from './bounded';
import { batchScript, readBatch } from './command-batch';
import type { BatchOutput } from './command-batch';
import { ELEVATE } from './elevate';
import { killScript } from './kill-script';
import { runScript } from './running-command';
import type { RunningCommand } from './running-command';
import { BOOTSTRAP, newMarker } from './shell-script';
import type { Shell, ShellProcess } from './shell-process';
import { throwIfCancelled, untilCancelled } from './stopping';

/** Bytes of output that one exec may collect: an inventory of half a million snapshots. */
const OUTPUT_LIMIT = 128 * 1024 * 1024;
/** Characters kept of standard error. */
export const STDERR_LIMIT = 64 * 1024;
/** Milliseconds for a kill, which is polite for a while and may wait for a free session. */
const KILL_TIME = 8_000;

export interface StartOptions {
  readonly cancel?: Cancel | undefined;
  readonly urgent?: boolean;
}

/** A Host with a POSIX shell behind it, and what the routes need of it beyond that: an end for a stream. */
export class ShellHost implements Host {
  constructor(
    readonly name: string,
    readonly elevate: HostEntry['elevate'],
    private readonly shell: Shell,
  ) {}

  async exec(argv: readonly string[], options: ExecOptions = {}): Promise<ExecResult> {
    const { code, stdout, stderr } = await this.#run(this.command(argv), options);
    return { code, stdout: stdout.toString(), stderr: shorten(stderr.toString()) };
  }

  async execAll(commands: readonly (readonly string[])[], options: ExecOptions = {}): Promise<readonly ExecResult[]> {
    if (commands.length === 0) return [];
    const marker = newMarker();
    const lines = commands.map((argv) => this.command(argv));
    const output = await this.#run(batchScript(lines, marker), options);
    const results = readBatch(output, marker, commands.length);
    if (results.length === commands.length) {
      return results.map((result) => ({ ...result, stderr: shorten(result.stderr) }));
    }
    const done = `after ${results.length} of ${commands.length} commands (exit status ${output.code})`;
    throw new HostError('disconnected', this.name, `The shell on ${this.name} was ended ${done}`);
  }

  close(): Promise<void> {
    return this.shell.close();
  }

  /** The command as the script text that runs it, with the policy's `elevate`. */
  command(argv: readonly string[]): string {
    return quote([...ELEVATE[this.elevate], ...argv]);
  }

  /** Starts a script whose streams the caller reads and writes. */
  async start(script: string, options: StartOptions = {}): Promise<RunningCommand> {
    throwIfCancelled(this.name, options.cancel);
    const opening = this.shell.open(BOOTSTRAP, { urgent: options.urgent ?? false });
    const process = await untilCancelled(opening, {
      host: this.name,
      cancel: options.cancel,
      stop: () => abandonLate(opening),
    });
    return runScript(process, script, { host: this.name, kill: (pid) => this.kill(pid) });
  }

  /**
   * Ends a script and its whole pipeline over a way of its own: a blocked process outlives a closed channel.
   * True when no process of it is left; bounded in time, and never rejects.
   */
  kill(pid: number): Promise<boolean> {
    return within(
      this.#kill(pid).catch(() => false),
      KILL_TIME,
      false,
    );
  }

  async #kill(pid: number): Promise<boolean> {
    const killer = await this.start(killScript(pid, ELEVATE[this.elevate]), { urgent: true });
    for (const stream of [killer.stdout, killer.stderr]) stream.resume();
    killer.stdin.end();
    try {
      return (await killer.exited) === 0;
    } finally {
      killer.abandon();
    }
  }

  async #run(script: string, options: ExecOptions): Promise<BatchOutput & { readonly code: number }> {
    const running = await this.start(script, options);
    running.stdin.end(options.input ?? '');
    return untilCancelled(this.#collect(running), { host: this.name, cancel: options.cancel, stop: running.stop });
  }

  async #collect(running: RunningCommand): Promise<BatchOutput & { readonly code: number }> {
    const read = async (stream: RunningCommand['stdout']): Promise<Buffer> => {
      const bytes = await collect(stream, OUTPUT_LIMIT);
      if (bytes !== undefined) return bytes;
      await running.stop();
      const limit = `${OUTPUT_LIMIT / 1024 / 1024} MiB`;
      throw new HostError(
        'disconnected',
        this.name,
        `A command on ${this.name} printed more than ${limit} and was stopped`,
      );
    };
    const [stdout, stderr, code] = await Promise.all([read(running.stdout), read(running.stderr), running.exited]);
    return { code, stdout, stderr };
  }
}

async function abandonLate(opening: Promise<ShellProcess>): Promise<void> {
  opening.then(
    (process) => process.abandon(),
    () => undefined,
  );
}

function shorten(text: string): string {
  const bounded = new BoundedText(STDERR_LIMIT);
  bounded.add(text);
  return bounded.toString();
}
