import type { Dirent } from 'node:fs';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { errorCode } from '../text-file';
import { ignores, type IgnoreFiles, type IgnoreRules } from './ignore-rules';

export interface Walked {
  /** Relative to where the walk began, in no order. */
  readonly files: readonly string[];
  /** Folders that could not be read. */
  readonly unread: readonly { readonly folder: string; readonly reason: string }[];
}

/** Lists the files below a folder, down to a depth: 0 for those in the folder itself. */
export type FolderWalk = (root: string, depth: number) => Promise<Walked>;

/** Never entered, wherever they are, unless the walk begins there. */
const SKIPPED: ReadonlySet<string> = new Set(['.git', 'node_modules']);

/**
 * A walk that respects ignore files. It follows no links: what they lead to is elsewhere in the tree, or no part of it, and
 * a circle would never end.
 */
export function createFolderWalk(ignoreFiles: IgnoreFiles): FolderWalk {
  return async (root, depth) => {
    const files: string[] = [];
    const unread: { folder: string; reason: string }[] = [];
    const visit = async (folder: string, outer: IgnoreRules, left: number): Promise<void> => {
      const entries = await list(path.join(root, folder));
      if (typeof entries === 'string') {
        unread.push({ folder, reason: entries });
        return;
      }
      const rules = await ignoreFiles.enter(outer, path.join(root, folder));
      const folders: string[] = [];
      for (const entry of entries) {
        const inner = path.join(folder, entry.name);
        const kind = entry.isDirectory() ? 'folder' : 'file';
        if (kind === 'file' && !entry.isFile()) continue;
        if (SKIPPED.has(entry.name) || ignores(rules, path.join(root, inner), kind)) continue;
        (kind === 'file' ? files : folders).push(inner);
      }
      if (left > 0) await Promise.all(folders.map((inner) => visit(inner, rules, left - 1)));
    };
    await visit('', await ignoreFiles.above(root), depth);
    return { files, unread };
  };
}

/** The entries of a folder, or why it cannot be read. */
async function list(folder: string): Promise<readonly Dirent[] | string> {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (error) {
    const code = errorCode(error) ?? 'unknown error';
    // A folder may vanish while its tree is read.
    if (code === 'ENOENT') return [];
    return code === 'EACCES' ? 'may not be read' : `cannot be read (${code})`;
  }
}
