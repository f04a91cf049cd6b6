import { Transform } from 'node:stream';
import type { Readable, TransformCallback } from 'node:stream';

export interface PidLine {
  /** The stream behind the line. */
  readonly rest: Readable;
  readonly report: Promise<PidReport>;
}

/** A script that never ran reports no process id; what was said instead tells why. */
export type PidReport = { readonly pid: number } | { readonly said: string };

/** Takes `MARKER pid N` out of standard error. What a login shell says before it is none of ours. */
export function takePidLine(stderr: Readable, marker: string): PidLine {
  const { rest, found } = takeLine(stderr, `${marker} pid `);
  const report = found.then((line): PidReport => ('said' in line ? line : { pid: Number(line.value) }));
  return { rest, report };
}

/** Standard output from behind the line `MARKER out`: what a login shell's start-up files print is no output of ours. */
export function dropLoginNoise(stdout: Readable, marker: string): Readable {
  return takeLine(stdout, `${marker} out`).rest;
}

type Line = { readonly value: string } | { readonly said: string };

/** A stream from behind the first line that has `prefix`; the whole stream where it never comes. */
function takeLine(stream: Readable, prefix: string): { readonly rest: Readable; readonly found: Promise<Line> } {
  const rest = stream.pipe(new LineTransform(prefix));
  // A pipe does not pass on that its source was destroyed, and whoever reads would wait for ever.
  stream.once('close', () => {
    if (!stream.readableEnded && stream.destroyed) rest.destroy();
  });
  return { rest, found: new Promise((resolve) => rest.once('line', resolve)) };
}

/** Beyond this much noise the line is no longer looked for. */
const SEARCHED = 64 * 1024;

class LineTransform extends Transform {
  #pending: Buffer | undefined = Buffer.alloc(0);

  constructor(readonly prefix: string) {
    super();
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    if (this.#pending === undefined) {
      done(null, chunk);
      return;
    }
    const text = Buffer.concat([this.#pending, chunk]);
    const start = text.indexOf(this.prefix);
    const end = start < 0 ? -1 : text.indexOf('\n', start);
    if (end >= 0) {
      this.#pending = undefined;
      this.#report({ value: text.subarray(start + this.prefix.length, end).toString() });
      done(null, text.subarray(end + 1));
    } else if (text.length > SEARCHED) {
      this.#pending = undefined;
      this.#report({ said: text.toString() });
      done(null, text);
    } else {
      this.#pending = text;
      done();
    }
  }

  override _flush(done: TransformCallback): void {
    this.#report({ said: this.#pending?.toString() ?? '' });
    done(null, this.#pending);
  }

  #report(line: Line): void {
    this.emit('line', line);
  }
}
