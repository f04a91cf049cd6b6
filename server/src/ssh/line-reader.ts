import { StringDecoder } from 'node:string_decoder';
import type { Readable } from 'node:stream';

/** A line longer than this comes in pieces. */
const LONGEST = 64 * 1024;

/** Calls `onLine` for each line, newline included where there is one; resolves at the end of the stream. */
export function readLines(stream: Readable, onLine: (line: string) => void): Promise<void> {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  const take = (text: string): void => {
    const lines = (rest + text).split(/(?<=\n)/);
    rest = lines.at(-1)?.endsWith('\n') === false ? (lines.pop() ?? '') : '';
    lines.forEach(onLine);
    if (rest.length > LONGEST) {
      onLine(rest);
      rest = '';
    }
  };
  return new Promise((resolve) => {
    stream.on('data', (chunk: Buffer) => take(decoder.write(chunk)));
    const finish = (): void => {
      take(decoder.end());
      if (rest !== '') onLine(rest);
      rest = '';
      resolve();
    };
    for (const event of ['end', 'close', 'error']) stream.once(event, finish);
  });
}
