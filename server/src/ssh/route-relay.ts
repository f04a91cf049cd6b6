import type { StreamRequest, StreamResult, Transport } from '../core/run/host';
import { BoundedText, within } from './bounded';
import { readLines } from './line-reader';
import { startPump } from './pump';
import type { Pump } from './pump';
import { stopAndWait, streamEnd, throttleProgress } from './route';
import type { RunningCommand } from './running-command';
import { SendProgress } from './send-progress';
import { STDERR_LIMIT } from './shell-host';
import { untilCancelled } from './stopping';

/**
 * A receive may end as soon as it saw the end of the stream, a moment before the send does: milliseconds that the
 * send has to end by itself then.
 */
const SEND_GRACE = 5_000;

/** The stream goes through this process, whatever the two ends are. The bytes are counted here. */
export const relayRoute: Transport = {
  stream: async (request) => {
    const ends = await startEnds(request);
    return untilCancelled(carry(ends, request), {
      host: request.target.name,
      cancel: request.cancel,
      stop: () => Promise.all([ends.send.stop(), ends.receive.stop()]),
    });
  },
};

interface Ends {
  readonly send: RunningCommand;
  readonly receive: RunningCommand;
}

/** The receive comes first: a send that nobody reads would have begun for nothing. */
async function startEnds({ source, target, send, receive, cancel }: StreamRequest): Promise<Ends> {
  const from = streamEnd(source);
  const to = streamEnd(target);
  const receiving = await to.start(to.command(receive), { cancel });
  try {
    const sending = await from.start(from.command(send), { cancel });
    sending.stdin.end();
    return { send: sending, receive: receiving };
  } catch (error) {
    await receiving.stop();
    throw error;
  }
}

async function carry(ends: Ends, request: StreamRequest): Promise<StreamResult> {
  const texts = {
    send: readText(ends.send.stderr),
    out: readText(ends.receive.stdout),
    receive: readText(ends.receive.stderr),
  };
  const pump = startPump(ends.send.stdout, ends.receive.stdin, {
    limit: request.limit,
    onBytes: throttleProgress(request.onProgress),
  });
  try {
    const codes = await waitForEnds(ends, pump, request);
    request.onProgress(pump.bytes());
    return {
      send: { code: codes.send, stdout: '', stderr: await texts.send() },
      receive: { code: codes.receive, stdout: await texts.out(), stderr: await texts.receive() },
      bytes: pump.bytes(),
    };
  } catch (error) {
    // One side is lost: the other must not wait for it, nor take what came so far for the whole.
    pump.stop();
    await Promise.all([ends.send.stop(), ends.receive.stop()]);
    throw error;
  }
}

interface Codes {
  readonly send: number;
  readonly receive: number;
}

async function waitForEnds({ send, receive }: Ends, pump: Pump, request: StreamRequest): Promise<Codes> {
  const sent = pump.done.then(() => send.exited).then((code) => ({ side: 'send', code }) as const);
  const received = receive.exited.then((code) => ({ side: 'receive', code }) as const);
  // The one who loses the race may fail later, when nobody listens any more.
  for (const outcome of [sent, received]) outcome.catch(() => undefined);
  const first = await Promise.race([sent, received, onlyFailure(send.exited)]);
  if (first.side === 'receive') {
    // Writing to it would wait for ever: no error and no callback comes from a channel whose program is gone.
    pump.stop();
    const ended = first.code === 0 ? await within(send.exited, SEND_GRACE, undefined) : undefined;
    return { send: ended ?? (await stopAndWait(send, request.source.name)), receive: first.code };
  }
  if (first.code !== 0) {
    // An end of input would look like the end of a complete stream.
    return { send: first.code, receive: await stopAndWait(receive, request.target.name) };
  }
  receive.stdin.end();
  return { send: first.code, receive: await receive.exited };
}

/** Rejects when `work` does, and otherwise never settles. */
function onlyFailure(work: Promise<unknown>): Promise<never> {
  return new Promise((_resolve, reject) => {
    work.catch(reject);
  });
}

/** How long standard error may stay open behind the exit of its program, in milliseconds. */
const TEXT_TIME = 1_000;

/** Keeps the text of a stream, without progress lines and in bounded memory. */
function readText(stream: RunningCommand['stderr']): () => Promise<string> {
  const text = new BoundedText(STDERR_LIMIT);
  const progress = new SendProgress();
  const read = readLines(stream, (line) => {
    if (!progress.take(line)) text.add(line);
  });
  return async () => {
    await within(read, TEXT_TIME, undefined);
    return text.toString();
  };
}
