import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { RawsendApi } from '../../../client/src/extension';

/** Activates the extension and returns what it exports. */
export async function activate(): Promise<RawsendApi> {
  const extension = vscode.extensions.getExtension<RawsendApi>('rawsend.rawsend');
  assert.ok(extension, 'the extension is not installed');
  return extension.activate();
}

/** Opens a file of the workspace and shows it. */
export async function open(name: string): Promise<vscode.TextDocument> {
  const folder = vscode.workspace.workspaceFolders?.[0];
  assert.ok(folder, 'no folder is open');
  const document = await vscode.workspace.openTextDocument(vscode.Uri.joinPath(folder.uri, name));
  await vscode.window.showTextDocument(document, { preview: false });
  return document;
}

/** Shows a text that is not saved. */
export async function openText(language: string, content: string): Promise<vscode.TextDocument> {
  const document = await vscode.workspace.openTextDocument({ language, content });
  await vscode.window.showTextDocument(document, { preview: false });
  return document;
}

const TIMEOUT_MS = 20_000;

/** Looks again and again until `look` finds something. VS Code has no event for most of what a person sees. */
export async function eventually<T>(what: string, look: () => T | undefined | Promise<T | undefined>): Promise<T> {
  for (const deadline = Date.now() + TIMEOUT_MS; Date.now() < deadline; await pause(50)) {
    const found = await look();
    if (found !== undefined) return found;
  }
  throw new assert.AssertionError({ message: `${what} did not appear within ${TIMEOUT_MS / 1000} s` });
}

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** The rules found in a document, once `expected` is among them. */
export const rulesOnceThere = (document: vscode.TextDocument, expected: string): Promise<readonly string[]> =>
  eventually(`${expected} in ${document.fileName}`, () => {
    const rules = rulesOf(document);
    return rules.includes(expected) ? rules : undefined;
  });

export const rulesOf = (document: vscode.TextDocument): readonly string[] =>
  diagnosticsOf(document).map(({ code }) => String(typeof code === 'object' ? code.value : code));

export const diagnosticsOf = (document: vscode.TextDocument): readonly vscode.Diagnostic[] =>
  vscode.languages.getDiagnostics(document.uri).filter(({ source }) => source === 'rawsend');

/** The place of a text in a document. */
export function placeOf(document: vscode.TextDocument, text: string): vscode.Range {
  const start = document.getText().indexOf(text);
  assert.notEqual(start, -1, `${text} is not in ${document.fileName}`);
  return new vscode.Range(document.positionAt(start), document.positionAt(start + text.length));
}

export const insert = (document: vscode.TextDocument, at: vscode.Position, text: string): Thenable<boolean> => {
  const edit = new vscode.WorkspaceEdit();
  edit.insert(document.uri, at, text);
  return vscode.workspace.applyEdit(edit);
};
