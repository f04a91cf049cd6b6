import { BrokenPipe } from './ended';

/** Where a program reads; every wait ends with `Killed` when the signal comes. */
export interface Source {
  /** The next bytes; undefined at the end. */
  readonly read: (signal: AbortSignal) => Promise<Buffer | undefined>;
  readonly unread: (chunk: Buffer) => void;
}

/** Where a program writes; throws `BrokenPipe` when nobody reads. */
export interface Sink {
  readonly write: (chunk: Buffer, signal: AbortSignal) => Promise<void>;
}

export const EMPTY: Source = { read: async () => undefined, unread: () => undefined };
export const NOWHERE: Sink = { write: async () => undefined };
/** A descriptor that was closed. */
export const CLOSED: Sink = {
  write: async () => {
    throw new BrokenPipe();
  },
};

export function sourceOf(bytes: Buffer): Source {
  const chunks = bytes.length === 0 ? [] : [bytes];
  return { read: async () => chunks.shift(), unread: (chunk) => void (chunk.length > 0 && chunks.unshift(chunk)) };
}

/** Keeps everything. */
export interface Collected extends Sink {
  readonly bytes: () => Buffer;
}

export function collector(): Collected {
  const chunks: Buffer[] = [];
  return { write: async (chunk) => void chunks.push(chunk), bytes: () => Buffer.concat(chunks) };
}

export async function readAll(source: Source, signal: AbortSignal): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for (let chunk = await source.read(signal); chunk !== undefined; chunk = await source.read(signal))
    chunks.push(chunk);
  return Buffer.concat(chunks);
}

const NEWLINE = 0x0a;

/** The next line with its newline, and not a byte more; undefined at the end. */
export async function readLine(source: Source, signal: AbortSignal): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  for (let chunk = await source.read(signal); chunk !== undefined; chunk = await source.read(signal)) {
    const end = chunk.indexOf(NEWLINE) + 1;
    chunks.push(end === 0 ? chunk : chunk.subarray(0, end));
    if (end === 0) continue;
    source.unread(chunk.subarray(end));
    break;
  }
  return chunks.length === 0 ? undefined : Buffer.concat(chunks).toString();
}
