import { Transform } from 'node:stream';
import type { Readable, TransformCallback } from 'node:stream';

export interface PidLine {
  /** The stream without the line. */
  readonly rest: Readable;
  readonly report: Promise<PidReport>;
}

/** A script that never ran reports no process id; what was said instead tells why. */
export type PidReport = { readonly pid: number } | { readonly said: string };

/** Takes `MARKER pid N` out of standard error. A login shell's own complaints may come before it. */
export function takePidLine(stderr: Readable, marker: string): PidLine {
  const rest = stderr.pipe(new PidTransform(marker));
  return { rest, report: new Promise((resolve) => rest.once('pid', resolve)) };
}

/** Beyond this much noise the line is no longer looked for. */
const SEARCHED = 64 * 1024;

class PidTransform extends Transform {
  #pending: Buffer | undefined = Buffer.alloc(0);

  constructor(readonly marker: string) {
    super();
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    if (this.#pending === undefined) {
      done(null, chunk);
      return;
    }
    const text = Buffer.concat([this.#pending, chunk]);
    const start = text.indexOf(`${this.marker} pid `);
    const end = start < 0 ? -1 : text.indexOf('\n', start);
    if (end >= 0) {
      this.#pending = undefined;
      this.#report({ pid: Number(text.subarray(start, end).toString().split(' ')[2]) });
      done(null, Buffer.concat([text.subarray(0, start), text.subarray(end + 1)]));
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

  #report(report: PidReport): void {
    this.emit('pid', report);
  }
}
