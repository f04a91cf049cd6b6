import { accessSync, constants, existsSync, lstatSync, mkdirSync } from 'node:fs';
import { homedir, tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { recipeHash } from './recipe';
import type { ZfsRelease } from './recipe';

/** Where images are kept, one folder for each recipe. */
export function cacheRoot(): string {
  const base = process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache');
  return join(base, 'rawsend', 'zfs-lab');
}

/** The image of this recipe with this OpenZFS; the folder exists only when it is complete. */
export function imageDirectory(release: ZfsRelease = '2.3'): string {
  return join(cacheRoot(), recipeHash(release));
}

/**
 * Where this user keeps saved guests, their keys and the default run. It is the cache when that can be written, and a
 * private folder in the temporary one where somebody else built the image.
 */
export function privateRoot(): string {
  const root = cacheRoot();
  if (isOwn(root)) return root;
  if (!existsSync(root) && tryMake(root)) return root;
  const fallback = join(tmpdir(), `rawsend-zfs-lab-${userInfo().uid}`);
  mkdirSync(fallback, { recursive: true, mode: 0o700 });
  // Another user could have made it first, to read the keys or to have other guests resumed.
  if (!isOwn(fallback)) throw new Error(`${fallback} belongs to another user; remove it or set XDG_CACHE_HOME`);
  return fallback;
}

function isOwn(directory: string): boolean {
  try {
    accessSync(directory, constants.W_OK);
    const found = lstatSync(directory);
    return found.isDirectory() && found.uid === userInfo().uid;
  } catch {
    return false;
  }
}

function tryMake(directory: string): boolean {
  try {
    mkdirSync(directory, { recursive: true });
    return true;
  } catch {
    return false;
  }
}
