/** Edits of several files at once. */
import type { AnnotatedTextEdit, WorkspaceEdit } from 'vscode-languageserver/node';
import type { NamedText } from '../core/policy/navigate-policy';
import type { Renaming } from '../core/policy/rename-policy';
import type { LspContext } from './context';
import { toLocation } from './to-proto';

/** The reason to think twice, as the client refers to it. */
const WARNING = 'rawsend.holds';

/** Puts the new name everywhere; with a warning, where the client can show one before it changes anything. */
export function toRenameEdit(
  { client, documents }: LspContext,
  files: readonly NamedText[],
  { edits, warning, newName }: Renaming & { readonly newName: string },
): WorkspaceEdit {
  const annotated = warning !== undefined && client.confirmsEdits;
  const byFile = files.flatMap((file) => {
    const places = edits.filter(({ uri }) => uri === file.uri);
    const converted = places.map(({ span }): AnnotatedTextEdit | Omit<AnnotatedTextEdit, 'annotationId'> => ({
      range: toLocation(file, span).range,
      newText: newName,
      ...(annotated ? { annotationId: WARNING } : {}),
    }));
    return converted.length === 0 ? [] : [{ uri: file.uri, edits: converted }];
  });
  if (!client.readsVersionedEdits) return { changes: Object.fromEntries(byFile.map(({ uri, edits }) => [uri, edits])) };
  const documentChanges = byFile.map(({ uri, edits: changes }) => ({
    textDocument: { uri, version: documents.get(uri)?.version ?? null },
    edits: changes,
  }));
  if (!annotated) return { documentChanges };
  return { documentChanges, changeAnnotations: { [WARNING]: { ...warning, needsConfirmation: true } } };
}
