import { HostError } from '../core/run/host';
import type { CheckRequest, StreamRequest, StreamResult, Transport } from '../core/run/host';
import { within } from './bounded';
import { parseDestination } from './destination';
import type { Destination } from './destination';
import { directFailure } from './direct-failure';
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
  const address = targetAddress(request, target);
  const script = directScript({
    marker,
    ...stages,
    target: address,
    hostKey: target.hostKey,
    jump: jumpAddress(request, address),
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

function jumpAddress({ jump, source, target }: CheckRequest, { host }: Destination): Destination | undefined {
  if (jump === undefined) return undefined;
  // ssh puts the host's name into the command that connects to the jump host.
  if (!/^[\w.:%-]+$/.test(host)) {
    const message = `"${host}" cannot be given to a jump host as the name of ${target.name}; write transport.address, with letters, digits, dots and hyphens`;
    throw new HostError('config', target.name, message);
  }
  const parsed = parseDestination(jump);
  if (!parsed.ok) throw new HostError('config', source.name, parsed.error);
  return parsed.value;
}

/** How long the receive's process id may be on its way, in milliseconds. */
const PID_TIME = 1_000;

/**
 * The target's own connection ends the receive: it can outlive the ssh that fed it while it is blocked. It goes first, so that it never
 * sees the end of half a stream. Which process it is comes back through that ssh: one that has just begun is waited for.
 */
async function stopBoth(running: RunningCommand, target: SshHost, report: DirectReport): Promise<void> {
  const ended = running.exited.then(
    () => undefined,
    () => undefined,
  );
  const begun = await within(Promise.race([report.started, ended]), PID_TIME, undefined);
  if (begun !== undefined && report.code('receive') === undefined) await target.kill(begun);
  await running.stop();
  if (begun !== undefined) return;
  const late = await within(report.started, PID_TIME, undefined);
  if (late !== undefined) await target.kill(late);
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
  if (receive === undefined) throw directFailure(report, request, texts.receive.trim());
  const send = report.code('send') ?? BROKEN_PIPE;
  return {
    // A broken limiter is a broken send: what came out of it is not what went in.
    send: { code: send === 0 ? (report.code('limit') ?? 0) : send, stdout: '', stderr: texts.send },
    receive: { code: receive, stdout: texts.output, stderr: texts.receive },
    bytes: report.progress.bytes,
  };
}
