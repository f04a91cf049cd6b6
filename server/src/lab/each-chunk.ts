import type { Readable } from 'node:stream';

/**
 * Hands on every chunk, one after the other, until the stream ends or closes. An async iterator would destroy the stream at
 * its end, and with it the other direction of a channel.
 */
export function eachChunk(stream: Readable, take: (chunk: Buffer) => Promise<void>): Promise<void> {
  return new Promise((resolve, reject) => {
    let taking: Promise<void> = Promise.resolve();
    stream.on('data', (chunk: Buffer) => {
      stream.pause();
      taking = take(chunk).then(() => void stream.resume(), reject);
    });
    const end = (): void => void taking.then(resolve, reject);
    stream.once('end', end);
    stream.once('close', end);
  });
}
