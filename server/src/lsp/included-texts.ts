import { readFile, realpath, stat } from 'node:fs/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { TextDocuments } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { IncludedFiles, Unread } from '../core/policy/include-graph';
import { gatherIncluded } from '../core/policy/include-graph';
import type { Result } from '../core/result';
import { err, ok } from '../core/result';
import type { ClientFacts } from './client-facts';
import { isYamlUri } from './policy-files';
import { comparable, folderOf } from './uris';

/** What a policy text includes. Paths are URIs that are not escaped. */
export interface IncludedTexts extends IncludedFiles {
  /** As the editor calls them, by path. */
  readonly uris: ReadonlyMap<string, string>;
}

export interface IncludedReader {
  readonly of: (uri: string, text: string) => Promise<IncludedTexts>;
  /** Whether a policy text wanted this file since the last `forget`. */
  readonly wants: (uri: string) => boolean;
  readonly forget: () => void;
}

export interface ReaderSources {
  readonly documents: TextDocuments<TextDocument>;
  readonly client: Pick<ClientFacts, 'trust' | 'watchesFiles'>;
  readonly folders: () => readonly string[];
}

type Read = Result<string, Unread>;

/** An open text wins over the one on disk. What nobody watches is read anew each time. */
export function createIncludedReader({ documents, client, folders }: ReaderSources): IncludedReader {
  const known = new Map<string, Promise<Read> | undefined>();

  const read = (path: string): Promise<Read> => {
    const folder = folderOf(path, folders());
    const found = known.get(path) ?? readFromDisk(path, client.trust === 'untrusted' ? { within: folder } : {});
    const isWatched = client.watchesFiles && folder !== undefined && isYamlUri(path);
    known.set(path, isWatched ? found : undefined);
    return found;
  };

  return {
    wants: (uri) => known.has(comparable(uri)),
    forget: () => known.clear(),
    async of(uri, text) {
      const uris = new Map<string, string>();
      const included = await gatherIncluded(comparable(uri), text, async (path) => {
        if (!known.has(path)) known.set(path, undefined);
        const document = documents.all().find((each) => comparable(each.uri) === path);
        uris.set(path, document?.uri ?? toUri(path));
        return document === undefined ? read(path) : ok(document.getText());
      });
      return { ...included, uris };
    },
  };
}

const toFile = (path: string): string =>
  fileURLToPath(`file://${path.slice('file://'.length).split('/').map(encodeURIComponent).join('/')}`);

const toUri = (path: string): string => (path.startsWith('file://') ? pathToFileURL(toFile(path)).href : path);

/** Longer than any policy file that is read. */
const MAX_BYTES = 4_000_000;

/** `within` is there in a workspace that is not trusted: the folder that the file has to be in, if it is in one. */
async function readFromDisk(path: string, limits: { readonly within?: string | undefined }): Promise<Read> {
  if (!path.startsWith('file://')) {
    if (path.includes('://')) return err({ reason: 'is on no disk of this machine', advice: 'open it here' });
    return err({ reason: 'cannot be found from a text that is in no folder', advice: 'save this text' });
  }
  if ('within' in limits && limits.within === undefined) return err(OUTSIDE);
  try {
    const file = toFile(path);
    const found = await stat(file);
    if (limits.within !== undefined && !(await isReallyWithin(file, limits.within))) return err(OUTSIDE);
    if (found.isDirectory()) return err({ reason: 'is a folder' });
    if (!found.isFile()) return err({ reason: 'is no file, but a pipe or a device' });
    if (found.size > MAX_BYTES) return err({ reason: 'is larger than 1 MB', advice: 'split it' });
    const text = await readFile(file, 'utf8');
    return text.includes('\0') ? err({ reason: 'is binary' }) : ok(text);
  } catch (error) {
    return err({ reason: reasonOf(error) });
  }
}

const OUTSIDE: Unread = {
  reason: 'lies outside of the workspace, which is not trusted, so it is not read',
  advice: 'trust the workspace, or include what is in it',
};

/** A link within the workspace may lead out of it. */
async function isReallyWithin(file: string, folder: string): Promise<boolean> {
  const [inner, outer] = await Promise.all([realpath(file), realpath(fileURLToPath(folder))]);
  return folderOf(comparable(pathToFileURL(inner).href), [pathToFileURL(outer).href]) !== undefined;
}

function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'ENOENT' || code === 'ENOTDIR') return 'does not exist';
  return code === 'EACCES' || code === 'EPERM' ? 'may not be read' : `cannot be read (${code})`;
}
