import type { TextDocuments } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { IncludedReader, IncludedTexts } from './included-texts';
import type { PolicyText } from './policy-files';
import { isPolicyUri, readPolicyFiles } from './policy-files';
import { comparable, folderOf } from './uris';

/** A policy file with what it includes. */
export interface WholePolicy extends PolicyText {
  readonly included: IncludedTexts;
}

/** The texts of the policy files, as the person sees them: an open text wins over the one on disk. */
export interface PolicyTexts {
  /** Those of the workspace folder that holds `uri`; all of them for a document outside every folder. */
  readonly near: (uri: string) => Promise<readonly WholePolicy[]>;
  readonly all: () => Promise<readonly WholePolicy[]>;
  /** Whether `other` counts for `uri`: both in one workspace folder, or `uri` outside every folder. */
  readonly isNear: (uri: string, other: string) => boolean;
  /** A text of a policy file, such as the saved one of a file that is open, with what it includes. */
  readonly whole: (uri: string, text: string) => Promise<WholePolicy>;
  /** The workspace folder that holds a file. */
  readonly folderOf: (uri: string) => string | undefined;
  /** Whether a policy file includes this one, as far as anybody asked since files were forgotten. */
  readonly wants: (uri: string) => boolean;
  readonly forgetFiles: () => void;
  readonly setFolders: (folders: readonly string[]) => void;
}

export interface PolicySources {
  readonly documents: TextDocuments<TextDocument>;
  /** URIs of the workspace folders; the reader of included files looks at the same list. */
  readonly folders: { current: readonly string[] };
  readonly included: IncludedReader;
}

export function createPolicyTexts({ documents, folders, included }: PolicySources): PolicyTexts {
  const files = new Map<string, Promise<readonly PolicyText[]>>();

  const filesOf = (folder: string): Promise<readonly PolicyText[]> => {
    const known = files.get(folder) ?? readPolicyFiles(folder);
    files.set(folder, known);
    return known;
  };

  const read = async (chosen: readonly string[], admits: (uri: string) => boolean): Promise<readonly WholePolicy[]> => {
    const texts = new Map<string, PolicyText>();
    for (const folder of chosen) for (const file of await filesOf(folder)) texts.set(comparable(file.uri), file);
    for (const open of documents.all()) {
      if (isPolicyDocument(open) && !isRevision(open.uri) && admits(open.uri))
        texts.set(comparable(open.uri), { uri: open.uri, text: open.getText() });
    }
    return Promise.all([...texts.values()].map(({ uri, text }) => whole(uri, text)));
  };

  const whole = async (uri: string, text: string): Promise<WholePolicy> => ({
    uri,
    text,
    included: await included.of(uri, text),
  });

  const forget = (): void => {
    files.clear();
    included.forget();
  };

  const all = (): Promise<readonly WholePolicy[]> => read(folders.current, () => true);

  return {
    all,
    whole,
    isNear(uri, other) {
      const folder = folderOf(uri, folders.current);
      return folder === undefined || folderOf(other, folders.current) === folder;
    },
    near(uri) {
      const folder = folderOf(uri, folders.current);
      return folder === undefined ? all() : read([folder], (open) => folderOf(open, folders.current) === folder);
    },
    folderOf: (uri) => folderOf(uri, folders.current),
    wants: included.wants,
    forgetFiles: forget,
    setFolders(next) {
      folders.current = next;
      forget();
    },
  };
}

export const isPolicyDocument = (document: TextDocument): boolean =>
  document.languageId === 'rawsend' || isPolicyUri(document.uri);

/** A policy file, or what one includes, as far as anybody asked since files were forgotten. */
export const isPolicyPart = (document: TextDocument, { wants }: Pick<PolicyTexts, 'wants'>): boolean =>
  isPolicyDocument(document) || wants(document.uri);

/**
 * What a file was at some commit, which VS Code shows beside it in a comparison: no policy of the workspace, and nothing that anybody
 * could mend or should run.
 */
export const isRevision = (uri: string): boolean => uri.startsWith('git:');
