import { BrokenPipe } from './ended';
import type { Sink, Source } from './io';
import { Waiting } from './waiting';

/** What a pipe holds before a writer has to wait: as much as Linux gives it. */
const CAPACITY = 65_536;

/** A pipe between two programs of a host: the writer waits for the reader, and learns when nobody reads any more. */
export class Pipe implements Source, Sink {
  readonly #chunks: Buffer[] = [];
  readonly #changed = new Waiting();
  #held = 0;
  #isEnded = false;
  #isAbandoned = false;

  async read(signal: AbortSignal): Promise<Buffer | undefined> {
    for (;;) {
      const chunk = this.#chunks.shift();
      if (chunk !== undefined) {
        this.#held -= chunk.length;
        this.#changed.wake();
        return chunk;
      }
      if (this.#isEnded) return undefined;
      await this.#changed.wait(signal);
    }
  }

  /** Gives back what was read too much. */
  unread(chunk: Buffer): void {
    if (chunk.length === 0) return;
    this.#chunks.unshift(chunk);
    this.#held += chunk.length;
  }

  async write(chunk: Buffer, signal: AbortSignal): Promise<void> {
    if (this.#isAbandoned) throw new BrokenPipe();
    this.#chunks.push(chunk);
    this.#held += chunk.length;
    this.#changed.wake();
    while (this.#held > CAPACITY) {
      await this.#changed.wait(signal);
      if (this.#isAbandoned) throw new BrokenPipe();
    }
  }

  /** No more comes. */
  end(): void {
    this.#isEnded = true;
    this.#changed.wake();
  }

  /** Nobody reads any more. */
  abandon(): void {
    this.#isAbandoned = true;
    this.#changed.wake();
  }
}
