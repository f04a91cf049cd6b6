import { existsSync } from 'node:fs';
import path from 'node:path';

const POLICY_FILES = ['rawsend.yaml', 'rawsend.yml'];

/**
 * The nearest `rawsend.yaml` in `folder` or above it, within the repository. Outside a repository only
 * `folder` itself counts: a file that somebody else put further up must not decide what is sent where.
 */
export function findPolicyFile(folder: string): string | undefined {
  const top = findRepository(folder) ?? folder;
  for (let current = folder; ; current = path.dirname(current)) {
    const found = POLICY_FILES.map((name) => path.join(current, name)).find((file) => existsSync(file));
    if (found !== undefined || current === top) return found;
  }
}

/** The folder that holds `.git`, which is a file in worktrees and submodules. */
function findRepository(folder: string): string | undefined {
  for (let current = folder; ; current = path.dirname(current)) {
    if (existsSync(path.join(current, '.git'))) return current;
    if (current === path.dirname(current)) return undefined;
  }
}
