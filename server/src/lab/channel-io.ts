import type { ServerChannel } from 'ssh2';
import type { Writable } from 'node:stream';
import { eachChunk } from './each-chunk';
import { BrokenPipe } from './ended';
import type { Sink } from './io';
import { Pipe } from './pipe';
import { pause, untilKilled } from './waiting';

/** Passes on what comes, at the pace of the reader and of the link. */
export function readChannel(channel: ServerChannel, pace: (bytes: number) => number): Pipe {
  const pipe = new Pipe();
  const never = new AbortController().signal;
  const carry = async (chunk: Buffer): Promise<void> => {
    const wait = pace(chunk.length);
    await pipe.write(chunk, never);
    if (wait > 1) await pause(wait, never);
  };
  // A reader that is gone, or a connection that was lost, is the end either way.
  eachChunk(channel, carry).then(
    () => pipe.end(),
    () => pipe.end(),
  );
  return pipe;
}

/**
 * Writes to a channel at its pace and that of the link.
 * @param pace how long to wait for so many bytes, in milliseconds
 */
export function writeChannel(channel: ServerChannel, stream: Writable, pace: (bytes: number) => number): Sink {
  let isClosed = false;
  channel.once('close', () => (isClosed = true));
  return {
    write: async (chunk, signal) => {
      if (isClosed) throw new BrokenPipe();
      const wait = pace(chunk.length);
      if (!stream.write(chunk)) await drained(channel, stream, signal);
      if (wait > 1) await pause(wait, signal);
    },
  };
}

const drained = (channel: ServerChannel, stream: Writable, signal: AbortSignal): Promise<void> =>
  untilKilled(signal, (resolve) => {
    stream.once('drain', resolve);
    channel.once('close', resolve);
    return () => {
      stream.off('drain', resolve);
      channel.off('close', resolve);
    };
  });
