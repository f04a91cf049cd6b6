import type { TextDocument, TextDocumentChangeEvent } from 'vscode';
import { languages, workspace } from 'vscode';
import { mayMatter } from '../../server/src/protocol';

/** On the disk, not yet saved, in a repository that was not cloned, and the older side of a comparison. */
const SCHEMES = ['file', 'untitled', 'vscode-vfs', 'git'] as const;

/** Policies, and the languages in which the person keeps runbooks. */
export function documentSelector(): { language: string; scheme: string }[] {
  const runbooks = workspace.getConfiguration('rawsend').get<readonly string[]>('runbookLanguages') ?? [];
  return ['rawsend', ...runbooks].flatMap((language) => SCHEMES.map((scheme) => ({ language, scheme })));
}

/**
 * Whether a document is worth starting the language server for. Most Markdown, YAML and plain text has nothing to do
 * with ZFS, and no process should run for it.
 */
export const isOurs = (document: TextDocument): boolean =>
  languages.match(documentSelector(), document) > 0 &&
  (document.languageId === 'rawsend' || isOfUs(document.getText()));

const isOfUs = (text: string): boolean => mayMatter(text) || mayBeIncluded(text);

/** What a policy file includes may have any name, and need not say a word of ZFS. */
const mayBeIncluded = (text: string): boolean =>
  /^version:[ \t]*1\b/m.test(text) && /^(?:hosts|policies|defaults|include):/m.test(text);

/** The same for an edit, by the lines that it touches. */
export const becomesOurs = ({ document, contentChanges }: TextDocumentChangeEvent): boolean =>
  languages.match(documentSelector(), document) > 0 &&
  contentChanges.some(({ range, text }) => mayMatter(text) || mayMatter(document.lineAt(range.start.line).text));
