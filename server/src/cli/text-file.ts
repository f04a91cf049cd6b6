import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import { chown, open, realpath, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { err, ok, type Result } from '../core/result';
import { LONGEST_TEXT } from '../core/text/longest-text';
import { decodeText, isBinary, type DecodedText } from './text-encoding';

export interface UnreadableFile {
  /** To be put behind the name, e.g. `does not exist`. */
  readonly reason: string;
  /** True when the name is at fault: nothing is there, or a folder. */
  readonly wrongUse: boolean;
  /** It was read, and is no text. */
  readonly binary: boolean;
}

/** Of a text that is to be read: a character takes three bytes at most, so what is cut here is too long all the same. */
export const ENOUGH_BYTES = 3 * (LONGEST_TEXT + 2);

/** Reads a text file; of one that is longer than `limit` bytes only the beginning. */
export async function readTextFile(file: string, limit = Infinity): Promise<Result<DecodedText, UnreadableFile>> {
  try {
    return toText(await readBytes(file, limit));
  } catch (error) {
    return err(toUnreadable(error));
  }
}

/** The bytes of a file, wherever they come from. */
export const toText = (bytes: Buffer): Result<DecodedText, UnreadableFile> =>
  isBinary(bytes) ? err(BINARY) : ok(decodeText(bytes));

const BINARY: UnreadableFile = { reason: 'is binary', wrongUse: true, binary: true };

/** The callback functions of Node take half the time of its promises, which counts for thousands of files. */
const openFile = promisify(fs.open);
const readChunk = promisify(fs.read);
const closeFile = promisify(fs.close);

/** Most scripts fit into the first chunk. */
const FIRST_CHUNK = 16_384;
const CHUNK = 262_144;

/** Works for pipes and devices too, whose size nobody knows. */
async function readBytes(file: string, limit: number): Promise<Buffer> {
  const handle = await openFile(file, 'r');
  try {
    const chunks: Buffer[] = [];
    for (let length = 0; length < limit;) {
      const chunk = Buffer.allocUnsafe(Math.min(length === 0 ? FIRST_CHUNK : CHUNK, limit - length));
      const { bytesRead } = await readChunk(handle, chunk, 0, chunk.length, null);
      if (bytesRead === 0) break;
      chunks.push(chunk.subarray(0, bytesRead));
      length += bytesRead;
      if (chunks.length === 1 && isBinary(chunk.subarray(0, bytesRead))) break;
    }
    return chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks);
  } finally {
    await closeFile(handle);
  }
}

/** Replaces a file in one step and keeps its mode and owner; a full disk or a crash leaves the old one whole. */
export async function replaceFile(file: string, content: Buffer): Promise<void> {
  const target = await realpath(file);
  const { mode, uid, gid } = await stat(target);
  await writeAtomically(target, content, { mode: mode & 0o7777, owner: { uid, gid } });
}

/** What a new file is given. */
export interface FileAttributes {
  readonly mode: number;
  readonly owner?: { readonly uid: number; readonly gid: number };
}

/** Writes a temporary neighbour, flushes it and renames it over `file`, so that nobody ever sees half of it. Rejects with Node's error. */
export async function writeAtomically(
  file: string,
  content: string | Buffer,
  { mode, owner }: FileAttributes,
): Promise<void> {
  const temporary = path.join(path.dirname(file), `.${path.basename(file)}.${randomBytes(6).toString('hex')}.tmp`);
  try {
    const handle = await open(temporary, 'wx', mode);
    try {
      await handle.writeFile(content);
      // The umask may have taken bits of the mode.
      await handle.chmod(mode);
      await handle.sync();
    } finally {
      await handle.close();
    }
    if (owner !== undefined) await chown(temporary, owner.uid, owner.gid);
    await rename(temporary, file);
    await syncFolder(path.dirname(file));
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw error;
  }
}

/** Without this a power cut can take the new name back. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

const WHY: Readonly<Record<string, string>> = {
  ENOENT: 'does not exist',
  ENOTDIR: 'does not exist',
  EISDIR: 'is a folder; name the files in it',
  EACCES: 'may not be read',
  EPERM: 'may not be read',
  ELOOP: 'cannot be read: its links go round in a circle',
  EIO: 'cannot be read: the disk reports an error',
};

const WRONG_USE: ReadonlySet<string> = new Set(['ENOENT', 'ENOTDIR', 'EISDIR']);

function toUnreadable(error: unknown): UnreadableFile {
  const code = errorCode(error) ?? '';
  return { reason: WHY[code] ?? `cannot be read (${code})`, wrongUse: WRONG_USE.has(code), binary: false };
}

/** The `code` of a Node error, e.g. `ENOENT`. */
export function errorCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
