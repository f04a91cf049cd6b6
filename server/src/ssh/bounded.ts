import type { Readable } from 'node:stream';

/** Resolves with what `work` gives, or with `otherwise` when `ms` milliseconds have passed. */
export async function within<T, U>(work: Promise<T>, ms: number, otherwise: U): Promise<T | U> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<U>((resolve) => {
    timer = setTimeout(() => resolve(otherwise), ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Text of any length in bounded memory: its beginning and its end. */
export class BoundedText {
  readonly #half: number;
  #head = '';
  #tail = '';
  #lost = 0;

  constructor(limit: number) {
    this.#half = Math.floor(limit / 2);
  }

  add(text: string): void {
    const room = this.#half - this.#head.length;
    this.#head += text.slice(0, room);
    this.#tail += text.slice(room);
    if (this.#tail.length > 2 * this.#half) this.#forget();
  }

  toString(): string {
    this.#forget();
    return this.#lost === 0
      ? this.#head + this.#tail
      : `${this.#head}\n… ${this.#lost} characters left out …\n${this.#tail}`;
  }

  #forget(): void {
    const excess = this.#tail.length - this.#half;
    if (excess <= 0) return;
    this.#tail = this.#tail.slice(excess);
    this.#lost += excess;
  }
}

/** Everything a stream yields; undefined when that is more than `limit` bytes. */
export function collect(stream: Readable, limit: number): Promise<Buffer | undefined> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    stream.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= limit) chunks.push(chunk);
      else resolve(undefined);
    });
    for (const event of ['end', 'close', 'error']) stream.on(event, () => resolve(Buffer.concat(chunks)));
  });
}
