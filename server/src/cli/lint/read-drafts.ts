import type { Document } from '../../core/lint/document';
import { documentKind } from '../../core/lint/document-kind';
import { mayMatter } from '../../core/runbook/text-gate';
import type { Result } from '../../core/result';
import { mapBounded } from '../map-bounded';
import type { LintedFile, UnreadFile } from '../reporters/lint-result';
import type { DecodedText } from '../text-encoding';
import { ENOUGH_BYTES, readTextFile, toText, type UnreadableFile } from '../text-file';
import type { FoundFile } from './find-files';

/** A document that may have findings. */
export interface Draft extends FoundFile {
  readonly document: Document;
  readonly decoded: DecodedText;
}

/** A draft, or what is already known about a file that cannot be one. */
export type Read = { readonly kind: 'draft'; readonly draft: Draft } | LintedFile | UnreadFile;

/** As many files are open at a time. */
const OPEN_FILES = 16;

/**
 * Reads files, and keeps those that hold a word of ours. What a folder holds beside documents that Rawsend reads is
 * left out of the result, and the texts that say nothing to us are forgotten at once.
 */
export async function readDrafts(
  files: readonly (FoundFile | UnreadFile)[],
  stdin: Buffer | undefined,
  isIncluded: (file: string) => boolean,
): Promise<readonly Read[]> {
  const read = await mapBounded(files, OPEN_FILES, async (file) =>
    file.kind === 'unread' ? file : toRead(file, await readFound(file, stdin), isIncluded(file.file)),
  );
  return read.filter((entry) => entry !== undefined);
}

const readFound = async (
  { file, origin }: FoundFile,
  stdin: Buffer | undefined,
): Promise<Result<DecodedText, UnreadableFile>> =>
  stdin !== undefined && origin === 'stdin' ? toText(stdin) : readTextFile(file, ENOUGH_BYTES);

const toRead = (found: FoundFile, read: Result<DecodedText, UnreadableFile>, isIncluded: boolean): Read | undefined =>
  read.ok ? toDraft(found, read.value, isIncluded) : toUnread(found, read.error);

function toDraft(found: FoundFile, decoded: DecodedText, isIncluded: boolean): Read | undefined {
  const document: Document = {
    path: found.path,
    text: decoded.text,
    ...(isIncluded && { languageId: 'rawsend' }),
  };
  const kind = documentKind(document);
  if (kind === undefined)
    return found.origin === 'folder' ? undefined : silent(found.path, 'neither a policy nor a runbook');
  if (kind !== 'policy' && !mayMatter(decoded.text)) return silent(found.path);
  return { kind: 'draft', draft: { ...found, document, decoded } };
}

function toUnread({ path, origin }: FoundFile, { reason, wrongUse, binary }: UnreadableFile): Read | undefined {
  if (origin !== 'folder')
    return binary ? silent(path, 'binary') : { kind: 'unread', path, message: `${path} ${reason}`, wrongUse };
  if (!wrongUse) return { kind: 'unread', path, message: `${path} ${reason}`, wrongUse };
  // A name that is not UTF-8 cannot be written as text, so the file seems to be missing. Others vanish while a tree is read.
  const message = `${path} cannot be opened by this name, which is not UTF-8: rename it`;
  return path.includes('\uFFFD') && !binary ? { kind: 'unread', path, message, wrongUse: false } : undefined;
}

const silent = (path: string, unchecked?: string): LintedFile => ({
  kind: 'linted',
  path,
  text: '',
  original: '',
  findings: [],
  ...(unchecked !== undefined && { unchecked }),
});
