import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** Policy files and what they may include, as a glob for file watchers. */
export const YAML_GLOB = '**/*.{yaml,yml}';

const POLICY_NAME = /(?:^|\.)rawsend\.ya?ml$/;

/** Bounds the walk: a home folder opened as a workspace must not hold up the first diagnostics. */
const MOST_FOLDERS = 5000;

/** A policy file as the person sees it. */
export interface PolicyText {
  readonly uri: string;
  readonly text: string;
}

/**
 * Reads every policy file below a workspace folder. Hidden folders and `node_modules` are left
 * out, as is what cannot be read. Folders that are not on this machine's disk hold nothing.
 */
export async function readPolicyFiles(folder: string): Promise<readonly PolicyText[]> {
  const texts: PolicyText[] = [];
  const top = toPath(folder);
  const pending = top === undefined ? [] : [top];
  for (let visited = 0; visited < MOST_FOLDERS; visited++) {
    const next = pending.shift();
    if (next === undefined) break;
    for (const entry of await readdir(next, { withFileTypes: true }).catch(() => [])) {
      const path = join(next, entry.name);
      if (entry.isDirectory() && !entry.name.startsWith('.') && entry.name !== 'node_modules') pending.push(path);
      if (!entry.isFile() || !POLICY_NAME.test(entry.name)) continue;
      const text = await readFile(path, 'utf8').catch(() => undefined);
      if (text !== undefined) texts.push({ uri: pathToFileURL(path).href, text });
    }
  }
  return texts;
}

export const isYamlUri = (uri: string): boolean => /\.ya?ml$/.test(uri);

export const isPolicyUri = (uri: string): boolean => POLICY_NAME.test(uri.slice(uri.lastIndexOf('/') + 1));

/** A share such as `file://server/share` is a path on Windows alone. */
function toPath(folder: string): string | undefined {
  try {
    return folder.startsWith('file:') ? fileURLToPath(folder) : undefined;
  } catch {
    return undefined;
  }
}
