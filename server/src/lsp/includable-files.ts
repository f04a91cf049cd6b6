import { readFile, readdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { maybePolicy } from '../core/policy/complete-include';
import { relativeFile } from '../core/policy/include-paths';
import { isYamlUri } from './policy-files';
import { comparable } from './uris';

/** Bounds of the walk: it is done while somebody types. */
const MOST_FOLDERS = 200;
const MOST_FILES = 300;
const MOST_BYTES = 1_000_000;

export interface IncludableLimits {
  /** The workspace folder that has the policy file. */
  readonly folder: string | undefined;
  readonly isTrusted: boolean;
}

/**
 * The files beside and below a policy file, and beside its folder, that hold a policy or a part of one, as an item of
 * `include` has them. Outside of a workspace folder only where that is trusted.
 */
export async function findIncludable(uri: string, { folder, isTrusted }: IncludableLimits): Promise<readonly string[]> {
  if (!uri.startsWith('file:') || (folder === undefined && !isTrusted)) return [];
  const own = fileURLToPath(uri);
  const top = dirname(own);
  const above = dirname(top);
  const isInside = folder !== undefined && `${above}/`.startsWith(`${fileURLToPath(folder)}/`);
  const files = await yamlBelow(isInside ? [top, above] : [top]);
  const found: string[] = [];
  for (const file of files) if (file !== own && (await holdsPolicy(file))) found.push(file);
  const from = comparable(pathToFileURL(own).href);
  return found.map((file) => relativeFile(from, comparable(pathToFileURL(file).href)));
}

/** Breadth first, so that what is near is found within the bounds. */
async function yamlBelow(starts: readonly string[]): Promise<readonly string[]> {
  const pending = [...starts];
  const seen = new Set(pending);
  const files: string[] = [];
  for (let visited = 0; visited < MOST_FOLDERS && files.length < MOST_FILES; visited++) {
    const next = pending.shift();
    if (next === undefined) break;
    for (const entry of await readdir(next, { withFileTypes: true }).catch(() => [])) {
      const path = join(next, entry.name);
      const isHidden = entry.name.startsWith('.') || entry.name === 'node_modules';
      if (entry.isDirectory() && !isHidden && !seen.has(path)) pending.push(path);
      if (entry.isDirectory()) seen.add(path);
      if (entry.isFile() && isYamlUri(entry.name)) files.push(path);
    }
  }
  return files.slice(0, MOST_FILES);
}

async function holdsPolicy(file: string): Promise<boolean> {
  try {
    return (await stat(file)).size <= MOST_BYTES && maybePolicy(await readFile(file, 'utf8'));
  } catch {
    return false;
  }
}
