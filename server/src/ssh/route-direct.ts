import { HostError } from '../core/run/host';
import type { CheckRequest, HostErrorCode, StreamRequest, StreamResult, Transport } from '../core/run/host';
import { within } from './bounded';
import { parseDestination } from './destination';
import type { Destination } from './destination';
import { DirectReport } from './direct-report';
import { directScript } from './direct-script';
import { readLines } from './line-reader';
import { streamEnd, throttleProgress } from './route';
import type { RunningCommand } from './running-command';
import { newMarker } from './shell-script';
import { SshHost } from './ssh-host';
import { untilCancelled } from './stopping';

/** The stream goes from the source to the target; this process only watches. */
export const directRoute: Transport = {
  stream: (request) => {
    const send = streamEnd(request.source).command(request.send);
    return carry(request, { send, receive: streamEnd(request.target).command(request.receive) });
  },
  check: async (request) => {
    await carry({ ...request, onProgress: () => undefined }, { send: ':', receive: 'cat' });
  },
};

type Carried = CheckRequest & Pick<StreamRequest, 'onProgress'>;

/** Both as script text. */
interface Stages {
  readonly send: string;
  readonly receive: string;
}

async function carry(request: Carried, stages: Stages): Promise<StreamResult> {
  const source = streamEnd(request.source);
  const target = sshEnd(request);
  const marker = newMarker();
  const report = new DirectReport(marker);
  const script = directScript({
    marker,
    ...stages,
    target: targetAddress(request, target),
    hostKey: target.hostKey,
    limit: request.limit,
  });
  const running = await source.start(script, { cancel: request.cancel });
  let stopping: Promise<void> | undefined;
  const stop = (): Promise<void> => (stopping ??= stopBoth(running, target, report));
  try {
    return await untilCancelled(watch(running, report, request), { host: source.name, cancel: request.cancel, stop });
  } catch (error) {
    // Whatever went wrong, no half of the pipeline may go on alone.
    await stop();
    throw error;
  }
}

function sshEnd({ target }: CheckRequest): SshHost {
  if (target instanceof SshHost) return target;
  streamEnd(target);
  throw new HostError(
    'config',
    target.name,
    `The direct route needs a target that is reached by SSH, and ${target.name} is local; use route: relay`,
  );
}

function targetAddress({ address }: CheckRequest, { name, target }: SshHost): Destination {
  if (address === undefined) return { user: target.user, host: target.hostName, port: target.port };
  const parsed = parseDestination(address);
  if (!parsed.ok) throw new HostError('config', name, parsed.error);
  return { user: target.user, ...parsed.value };
}

/** How long the receive's process id may be on its way, in milliseconds. */
const PID_TIME = 500;

/**
 * The target's own connection ends the receive: it can outlive the ssh that fed it while it is blocked. It goes first
 * where that is possible, so that it never sees the end of half a stream.
 */
async function stopBoth(running: RunningCommand, target: SshHost, report: DirectReport): Promise<void> {
  const known = report.code('pid');
  if (known !== undefined && report.code('receive') === undefined) await target.kill(known);
  await running.stop();
  if (known !== undefined) return;
  const pid = await within(report.started, PID_TIME, undefined);
  if (pid !== undefined) await target.kill(pid);
}

/** How long the pipes may stay open behind the exit of the script, in milliseconds. */
const TEXT_TIME = 1_000;

async function watch(running: RunningCommand, report: DirectReport, request: Carried): Promise<StreamResult> {
  const onBytes = throttleProgress(request.onProgress);
  running.stdin.end();
  const read = Promise.all([
    readLines(running.stderr, (line) => report.takeStderr(line)),
    readLines(running.stdout, (line) => {
      report.takeStdout(line);
      if (report.progress.bytes > 0) onBytes(report.progress.bytes);
    }),
  ]);
  await running.exited;
  await within(read, TEXT_TIME, undefined);
  request.onProgress(report.progress.bytes);
  return judge(report, request);
}

/** A send that was not reported died with the pipe. */
const BROKEN_PIPE = 141;

function judge(report: DirectReport, request: CheckRequest): StreamResult {
  const texts = report.texts();
  const receive = report.code('receive');
  if (receive === undefined) throw failure(report, request, texts.receive.trim());
  const send = report.code('send') ?? BROKEN_PIPE;
  return {
    // A broken limiter is a broken send: what came out of it is not what went in.
    send: { code: send === 0 ? (report.code('limit') ?? 0) : send, stdout: '', stderr: texts.send },
    receive: { code: receive, stdout: texts.output, stderr: texts.receive },
    bytes: report.progress.bytes,
  };
}

/** What ssh says on the source when it does not reach the target. */
const SSH_FAILURES: readonly (readonly [RegExp, HostErrorCode])[] = [
  [/host key verification failed|remote host identification has changed/i, 'host-key-changed'],
  [/permission denied|too many authentication failures/i, 'authentication'],
];

/** ssh's own exit status for a connection that failed. */
const SSH_FAILED = 255;

function failure(report: DirectReport, { source, target }: CheckRequest, said: string): HostError {
  const way = `${source.name} to ${target.name}`;
  const text = said === '' ? '' : `: ${said}`;
  if (report.code('no-pv') !== undefined) {
    return new HostError(
      'config',
      source.name,
      `A limit on the direct route needs pv on ${source.name}; install it, remove the limit or use route: relay`,
    );
  }
  if (report.code('pid') !== undefined) {
    return new HostError(
      'disconnected',
      target.name,
      `The connection from ${way} was lost while the stream ran${text}`,
    );
  }
  const ssh = report.code('ssh');
  if (ssh === SSH_FAILED) {
    const code = SSH_FAILURES.find(([pattern]) => pattern.test(said))?.[1] ?? 'unreachable';
    return new HostError(code, target.name, `ssh from ${way} failed${text}`);
  }
  return ssh === undefined
    ? new HostError('disconnected', source.name, `The pipeline on ${source.name} was ended before it began${text}`)
    : new HostError('config', target.name, `ssh from ${way} did not start a POSIX shell (exit status ${ssh})${text}`);
}
