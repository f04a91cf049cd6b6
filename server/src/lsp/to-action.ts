/** Code actions of the core's fixes, comments and policies. */
import type { CodeAction, Diagnostic, Range } from 'vscode-languageserver/node';
import { CodeActionKind } from 'vscode-languageserver/node';
import type { Finding, Fix } from '../core/lint/finding';
import type { PolicyRewrite } from '../core/policy/policy-rewrite';
import type { PolicyDraft } from '../core/runbook/policy-from-pipeline';
import type { TextEdit } from '../core/text/span';
import type { EditPlace } from './to-proto';
import { toNewFile, toPlace, toRange, toWorkspaceEdit } from './to-proto';

/** Where an action is offered: the text, and the client that has to understand it. */
export interface ActionPlace extends EditPlace {
  /** The diagnostics that the client shows there. */
  readonly shown: readonly Diagnostic[];
}

export function toFixAction(place: ActionPlace, finding: Finding, fix: Fix): CodeAction {
  const cured = curedBy(place, finding);
  return {
    title: fix.safety === 'safe' ? fix.title : `${fix.title} (unsafe)`,
    kind: CodeActionKind.QuickFix,
    // The keyboard shortcut for the preferred fix must never take an unsafe one.
    isPreferred: fix.safety === 'safe' && fix === finding.fixes[0],
    ...(cured.length > 0 ? { diagnostics: cured } : {}),
    edit: toWorkspaceEdit(place, fix.edits),
  };
}

export function toFixAllAction(place: EditPlace, kind: string, newText: string): CodeAction {
  return {
    title: 'Apply all safe fixes of Rawsend',
    kind,
    edit: toWorkspaceEdit(place, [toMinimalEdit(place.open.getText(), newText)]),
  };
}

export const toRewriteAction = (place: EditPlace, { title, text }: PolicyRewrite): CodeAction => ({
  title,
  kind: CodeActionKind.RefactorRewrite,
  edit: toWorkspaceEdit(place, [toMinimalEdit(place.open.getText(), text)]),
});

/** The VS Code extension asks for the reason first; any other client gets the comment and writes it there. */
export function toSuppressAction(place: ActionPlace, finding: Finding, edit: TextEdit): CodeAction {
  const title = `Disable ${finding.rule} for this line`;
  const cured = curedBy(place, finding);
  const about = { kind: CodeActionKind.QuickFix, ...(cured.length > 0 ? { diagnostics: cured } : {}) };
  if (!place.client.hasCommands) return { title, ...about, edit: toWorkspaceEdit(place, [edit]) };
  const parameters = [toPlace(place.open, finding.span.start), finding.rule];
  return { title: `${title}…`, ...about, command: { title, command: 'rawsend.disableRule', arguments: parameters } };
}

/** An untitled text in VS Code; elsewhere a file beside the runbook, where the client can make one. */
export function toExtractAction(place: EditPlace, draft: PolicyDraft, offset: number): CodeAction | undefined {
  const about = { title: 'Extract to policy', kind: CodeActionKind.RefactorExtract };
  if (place.client.hasCommands) {
    const parameters = [toPlace(place.open, offset)];
    return { ...about, command: { ...about, command: 'rawsend.convertToPolicy', arguments: parameters } };
  }
  if (!place.client.createsFiles) return undefined;
  const folder = place.open.uri.slice(0, place.open.uri.lastIndexOf('/'));
  return { ...about, edit: toNewFile(`${folder}/${draft.name}.rawsend.yaml`, draft.text) };
}

/** The diagnostics on the screen that are this finding. */
function curedBy({ open, shown }: ActionPlace, finding: Finding): Diagnostic[] {
  const { start } = toRange(open, finding.span);
  return shown.filter(({ code, range }) => code === finding.rule && isSamePosition(range.start, start));
}

/** One edit without the ends that both texts share, so that the editor keeps its folds and its cursor. */
function toMinimalEdit(text: string, newText: string): TextEdit {
  const most = Math.min(text.length, newText.length);
  let head = 0;
  while (head < most && text[head] === newText[head]) head++;
  let tail = 0;
  while (tail < most - head && text[text.length - 1 - tail] === newText[newText.length - 1 - tail]) tail++;
  return { span: { start: head, end: text.length - tail }, newText: newText.slice(head, newText.length - tail) };
}

const isSamePosition = (one: Range['start'], other: Range['start']): boolean =>
  one.line === other.line && one.character === other.character;
