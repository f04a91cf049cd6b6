import { randomBytes } from 'node:crypto';
import { chown, open, readFile, realpath, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { err, ok, type Result } from '../core/result';

/** A file as text, and what it takes to write it back as it was. */
export interface TextFile {
  readonly text: string;
  /** A byte order mark stands before the text, where editors do not count it. */
  readonly mark: string;
  /** False when bytes were replaced because they are not UTF-8; writing the text back would lose them. */
  readonly lossless: boolean;
}

export interface UnreadableFile {
  /** To be put behind the name, e.g. `does not exist`. */
  readonly reason: string;
  /** True when the name is at fault: nothing is there, or a folder. */
  readonly wrongUse: boolean;
}

/** Reads UTF-8 text. Bytes of another encoding become U+FFFD: mostly-ASCII scripts can be judged all the same. */
export async function readTextFile(file: string): Promise<Result<TextFile, UnreadableFile>> {
  try {
    return ok(decodeText(await readFile(file)));
  } catch (error) {
    return err(toUnreadable(error));
  }
}

export function decodeText(bytes: Buffer): TextFile {
  const decoded = bytes.toString('utf8');
  const lossless = Buffer.from(decoded, 'utf8').equals(bytes);
  const marked = decoded.startsWith('\uFEFF');
  return { text: marked ? decoded.slice(1) : decoded, mark: marked ? '\uFEFF' : '', lossless };
}

/** Replaces a file in one step and keeps its mode and owner; a full disk or a crash leaves the old one whole. */
export async function replaceTextFile(file: string, text: string): Promise<void> {
  const target = await realpath(file);
  const { mode, uid, gid } = await stat(target);
  await writeAtomically(target, text, { mode: mode & 0o7777, owner: { uid, gid } });
}

/** What a new file is given. */
export interface FileAttributes {
  readonly mode: number;
  readonly owner?: { readonly uid: number; readonly gid: number };
}

/** Writes a temporary neighbour, flushes it and renames it over `file`, so that nobody ever sees half of it. Rejects with Node's error. */
export async function writeAtomically(file: string, text: string, { mode, owner }: FileAttributes): Promise<void> {
  const temporary = path.join(path.dirname(file), `.${path.basename(file)}.${randomBytes(6).toString('hex')}.tmp`);
  try {
    const handle = await open(temporary, 'wx', mode);
    try {
      await handle.writeFile(text);
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
  EIO: 'cannot be read: the disk reports an error',
};

const WRONG_USE: ReadonlySet<string> = new Set(['ENOENT', 'ENOTDIR', 'EISDIR']);

function toUnreadable(error: unknown): UnreadableFile {
  const code = errorCode(error) ?? '';
  return { reason: WHY[code] ?? `cannot be read (${code})`, wrongUse: WRONG_USE.has(code) };
}

/** The `code` of a Node error, e.g. `ENOENT`. */
export function errorCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
