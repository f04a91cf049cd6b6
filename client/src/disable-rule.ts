import { Position, Uri, WorkspaceEdit, window, workspace } from 'vscode';
import type { SuppressionParams, SuppressionResult, TextPlace } from '../../server/src/protocol';
import { SuppressionRequest } from '../../server/src/protocol';
import type { Server } from './features/language-client';

/** Asks why a finding is no mistake, and writes the comment that says so above its line. */
export async function disableRule(server: Server, place: TextPlace, rule: string): Promise<void> {
  const reason = await window.showInputBox({
    title: `Disable ${rule} for this line`,
    prompt: 'Why is it right here? The reason stands in the comment, for whoever reads it next.',
    placeHolder: 'the target is a scratch copy',
    validateInput: (text) => (text.trim() === '' ? 'A suppression without a reason is a finding itself' : undefined),
  });
  if (reason === undefined || reason.trim() === '') return;
  const params: SuppressionParams = { ...place, rule, reason };
  const comment = await server.request<SuppressionResult>(SuppressionRequest, params);
  const document = await workspace.openTextDocument(Uri.parse(place.uri));
  if (comment === null || document.version !== comment.version) {
    void window.showInformationMessage(`Rawsend: ${rule} finds nothing there any more, or no comment can silence it`);
    return;
  }
  const edit = new WorkspaceEdit();
  edit.insert(document.uri, new Position(comment.line, 0), comment.text);
  await workspace.applyEdit(edit);
}
