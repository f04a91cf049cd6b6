import { stat } from 'node:fs/promises';
import path from 'node:path';
import picomatch from 'picomatch';
import type { UnreadFile } from '../reporters/lint-result';
import { errorCode } from '../text-file';
import { createFolderWalk, type FolderWalk } from './walk-folder';
import type { IgnoreFiles } from './ignore-rules';

/** Something to lint. */
export interface FoundFile {
  readonly kind: 'found';
  /** As the report calls it. */
  readonly path: string;
  /** Absolute. For standard input the name that it goes by. */
  readonly file: string;
  /**
   * What is named is always linted; of what a folder or pattern holds, only what Rawsend reads. What a policy file that is
   * linted includes is linted with it, and not fixed.
   */
  readonly origin: 'named' | 'folder' | 'stdin' | 'included';
}

interface Place {
  readonly cwd: string;
  readonly ignoreFiles: IgnoreFiles;
  readonly stdinName: string;
}

/**
 * The files that the operands of `lint` mean, each once: in the order of the operands, by path inside one of them. An
 * operand that means nothing becomes an unread file.
 */
export async function findFiles(
  operands: readonly string[],
  { cwd, ignoreFiles, stdinName }: Place,
): Promise<readonly (FoundFile | UnreadFile)[]> {
  const walk = createFolderWalk(ignoreFiles);
  const seen = new Set<string>();
  const found: (FoundFile | UnreadFile)[] = [];
  for (const operand of operands) {
    const entries: readonly Entry[] =
      operand === '-' ? [{ path: stdinName, origin: 'stdin' }] : await expand(operand, cwd, walk);
    for (const entry of entries) {
      const file = path.resolve(cwd, entry.path);
      const key = operand === '-' ? operand : file;
      if (!seen.has(key)) found.push('origin' in entry ? { kind: 'found', file, ...entry } : entry);
      seen.add(key);
    }
  }
  return found;
}

type Entry = Pick<FoundFile, 'path' | 'origin'> | UnreadFile;

async function expand(operand: string, cwd: string, walk: FolderWalk): Promise<readonly Entry[]> {
  const kind = await kindOf(path.resolve(cwd, operand));
  const { base, glob, isGlob } = picomatch.scan(operand);
  if (kind === 'folder') return walkBelow(operand, cwd, { walk });
  // A file may have a name that looks like a pattern.
  if (kind !== 'absent' || !isGlob) return [{ path: operand, origin: 'named' }];
  const entries = await walkBelow(base, cwd, { walk, glob });
  if (entries.length > 0) return entries;
  return [{ kind: 'unread', path: operand, message: `no file matches ${operand}`, wrongUse: true }];
}

async function kindOf(file: string): Promise<'folder' | 'file' | 'absent'> {
  try {
    return (await stat(file)).isDirectory() ? 'folder' : 'file';
  } catch (error) {
    // Whatever else is wrong with it is said when it is read.
    return errorCode(error) === 'ENOENT' ? 'absent' : 'file';
  }
}

async function walkBelow(
  base: string,
  cwd: string,
  { walk, glob }: { readonly walk: FolderWalk; readonly glob?: string },
): Promise<readonly Entry[]> {
  const depth = glob === undefined || glob.includes('**') ? Infinity : glob.split('/').length - 1;
  const matches = glob === undefined ? () => true : picomatch(glob, { dot: true });
  const { files, unread } = await walk(path.resolve(cwd, base), depth);
  return [
    ...files.filter((file) => matches(file)).map((file): Entry => ({ path: path.join(base, file), origin: 'folder' })),
    ...unread.map(({ folder, reason }): Entry => {
      const shown = path.join(base, folder);
      return { kind: 'unread', path: shown, message: `${shown} ${reason}`, wrongUse: false };
    }),
  ].toSorted((a, b) => (a.path < b.path ? -1 : 1));
}
