import { existsSync } from 'node:fs';
import path from 'node:path';

const POLICY_FILES = ['rawsend.yaml', 'rawsend.yml'];

/**
 * The nearest `rawsend.yaml` in `folder` or above it, within the repository. Outside a repository only
 * `folder` itself counts: a file that somebody else put further up must not decide what is sent where.
 */
export const findPolicyFile = (folder: string): string | undefined =>
  createUpwardSearch(folder).nearest(folder, POLICY_FILES);

/** Looks for files in a folder and above it. It remembers what it saw, so that a tree of folders is looked at once. */
export interface UpwardSearch {
  /** The repository that a folder is in; outside of one `base` where the folder is in it, else the folder itself. */
  readonly top: (folder: string) => string;
  /** The nearest file of one of these names, from the folder up to its top. */
  readonly nearest: (folder: string, names: readonly string[]) => string | undefined;
  readonly nearestPolicy: (folder: string) => string | undefined;
  readonly exists: (file: string) => boolean;
}

export function createUpwardSearch(base: string): UpwardSearch {
  const exists = remember((file) => existsSync(file));
  const repository: (folder: string) => string | undefined = remember((folder) => {
    // A file in worktrees and submodules.
    if (exists(path.join(folder, '.git'))) return folder;
    const parent = path.dirname(folder);
    return parent === folder ? undefined : repository(parent);
  });
  const top = (folder: string): string => repository(folder) ?? (isInside(folder, base) ? base : folder);
  const nearest: UpwardSearch['nearest'] = (folder, names) => {
    const last = top(folder);
    for (let current = folder; ; current = path.dirname(current)) {
      const found = names.map((name) => path.join(current, name)).find(exists);
      if (found !== undefined || current === last) return found;
    }
  };
  return { top, nearest, nearestPolicy: (folder) => nearest(folder, POLICY_FILES), exists };
}

/** A folder is inside itself. */
export function isInside(inner: string, outer: string): boolean {
  const way = path.relative(outer, inner);
  return way !== '..' && !way.startsWith(`..${path.sep}`) && !path.isAbsolute(way);
}

/** Computes once for each key. */
export function remember<T>(compute: (key: string) => T): (key: string) => T {
  const known = new Map<string, { readonly value: T }>();
  return (key) => {
    const entry = known.get(key) ?? { value: compute(key) };
    known.set(key, entry);
    return entry.value;
  };
}
