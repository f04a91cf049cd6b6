import type { TextDocuments } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { PolicyText } from './policy-files';
import { isPolicyUri, readPolicyFiles } from './policy-files';

/** The texts of the policy files, as the person sees them: an open text wins over the one on disk. */
export interface PolicyTexts {
  /** Those of the workspace folder that holds `uri`; all of them for a document outside every folder. */
  readonly near: (uri: string) => Promise<readonly PolicyText[]>;
  readonly all: () => Promise<readonly PolicyText[]>;
  /** Whether `other` counts for `uri`: both in one workspace folder, or `uri` outside every folder. */
  readonly isNear: (uri: string, other: string) => boolean;
  readonly forgetFiles: () => void;
  readonly setFolders: (folders: readonly string[]) => void;
}

export function createPolicyTexts(documents: TextDocuments<TextDocument>, initial: readonly string[]): PolicyTexts {
  let folders = initial;
  const files = new Map<string, Promise<readonly PolicyText[]>>();

  const filesOf = (folder: string): Promise<readonly PolicyText[]> => {
    const known = files.get(folder) ?? readPolicyFiles(folder);
    files.set(folder, known);
    return known;
  };

  const read = async (chosen: readonly string[], admits: (uri: string) => boolean): Promise<readonly PolicyText[]> => {
    const texts = new Map<string, PolicyText>();
    for (const folder of chosen) for (const file of await filesOf(folder)) texts.set(comparable(file.uri), file);
    for (const open of documents.all()) {
      if (isPolicyDocument(open) && !isRevision(open.uri) && admits(open.uri))
        texts.set(comparable(open.uri), { uri: open.uri, text: open.getText() });
    }
    return [...texts.values()];
  };

  const all = (): Promise<readonly PolicyText[]> => read(folders, () => true);

  return {
    all,
    isNear(uri, other) {
      const folder = folderOf(uri, folders);
      return folder === undefined || folderOf(other, folders) === folder;
    },
    near(uri) {
      const folder = folderOf(uri, folders);
      return folder === undefined ? all() : read([folder], (open) => folderOf(open, folders) === folder);
    },
    forgetFiles: () => files.clear(),
    setFolders(next) {
      folders = next;
      files.clear();
    },
  };
}

export const isPolicyDocument = (document: TextDocument): boolean =>
  document.languageId === 'rawsend' || isPolicyUri(document.uri);

/**
 * What a file was at some commit, which VS Code shows beside it in a comparison: no policy of the workspace, and nothing that anybody
 * could mend or should run.
 */
export const isRevision = (uri: string): boolean => uri.startsWith('git:');

export const isSameUri = (one: string, other: string): boolean => comparable(one) === comparable(other);

/** One spelling for one file: editors escape `:` and other characters of a path where Node does not. */
function comparable(uri: string): string {
  try {
    return decodeURIComponent(uri);
  } catch {
    return uri;
  }
}

/** The innermost workspace folder that holds the document. */
function folderOf(uri: string, folders: readonly string[]): string | undefined {
  const within = folders.filter((folder) => comparable(uri).startsWith(`${comparable(folder).replace(/\/$/, '')}/`));
  return within.toSorted((a, b) => b.length - a.length)[0];
}
