import type { Readable, Writable } from 'node:stream';

export interface PumpOptions {
  /** Bytes per second. */
  readonly limit?: number | undefined;
  /** The bytes so far, with every chunk. */
  readonly onBytes: (bytes: number) => void;
}

export interface Pump {
  /** Resolves when `from` has ended and all of it was handed on. Never ends `to`: only a complete stream may end. */
  readonly done: Promise<void>;
  readonly bytes: () => number;
  /** From now on what comes is dropped. */
  readonly stop: () => void;
}

/** After a stall, at most this many milliseconds' worth of bytes pass at once. */
const BURST = 200;

/** Carries bytes at the pace of the slower side, or at `limit`. Memory stays at the streams' own buffers. */
export function startPump(from: Readable, to: Writable, options: PumpOptions): Pump {
  const { limit, onBytes } = options;
  const gate = new Gate(from);
  let bytes = 0;
  let clock = 0;
  const carry = (chunk: Buffer): void => {
    bytes += chunk.length;
    onBytes(bytes);
    if (!to.write(chunk)) gate.hold((release) => to.once('drain', release));
    if (limit === undefined) return;
    const now = performance.now();
    clock = Math.max(clock, now - BURST) + (chunk.length / limit) * 1000;
    if (clock > now) gate.hold((release) => setTimeout(release, clock - now).unref());
  };
  const done = new Promise<void>((resolve) => from.once('end', () => resolve()));
  from.on('data', carry);
  const stop = (): void => {
    from.off('data', carry);
    gate.open();
  };
  return { done, bytes: () => bytes, stop };
}

/** Pauses a stream while anybody holds it. */
class Gate {
  #holds = 0;
  #open = false;

  constructor(readonly stream: Readable) {}

  hold(until: (release: () => void) => void): void {
    if (this.#open) return;
    this.#holds += 1;
    this.stream.pause();
    until(() => {
      this.#holds -= 1;
      if (this.#holds === 0) this.stream.resume();
    });
  }

  /** Lets everything through for good. */
  open(): void {
    this.#open = true;
    this.stream.resume();
  }
}
