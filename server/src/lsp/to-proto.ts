/** From the core's values to the protocol's: one of the two places that know positions. */
import type {
  CodeAction,
  CodeLens,
  CompletionItem,
  Diagnostic,
  DiagnosticRelatedInformation,
  Hover,
  Range,
  WorkspaceEdit,
} from 'vscode-languageserver/node';
import {
  CodeActionKind,
  CompletionItemKind,
  DiagnosticSeverity,
  InsertTextMode,
  MarkupKind,
} from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Finding, Fix, Severity } from '../core/lint/finding';
import type { CompletionEntry } from '../core/policy/complete-policy';
import type { Span, TextEdit } from '../core/text/span';
import type { ClientFacts } from './client-facts';
import type { LspContext } from './context';

const SEVERITIES: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
};

export const toRange = (open: TextDocument, span: Span): Range => ({
  start: open.positionAt(span.start),
  end: open.positionAt(span.end),
});

export function toDiagnostic(open: TextDocument, finding: Finding, { client, ports }: LspContext): Diagnostic {
  const page = ports.rulePage(finding.rule);
  return {
    range: toRange(open, finding.span),
    severity: SEVERITIES[finding.severity],
    code: finding.rule,
    ...(page === undefined ? {} : { codeDescription: { href: page } }),
    source: 'rawsend',
    message: finding.message,
    ...(client.showsRelatedPlaces && finding.related.length > 0
      ? { relatedInformation: toRelated(open, finding) }
      : {}),
  };
}

const toRelated = (open: TextDocument, finding: Finding): DiagnosticRelatedInformation[] =>
  finding.related.map(({ span, message }) => ({ location: { uri: open.uri, range: toRange(open, span) }, message }));

/** Where an action is offered: the text, and the client that has to understand it. */
export interface ActionPlace {
  readonly open: TextDocument;
  readonly client: ClientFacts;
  /** The diagnostics that the client shows there. */
  readonly shown: readonly Diagnostic[];
}

export function toFixAction(place: ActionPlace, finding: Finding, fix: Fix): CodeAction {
  const range = toRange(place.open, finding.span);
  const cured = place.shown.filter(
    ({ code, range: { start } }) => code === finding.rule && isSamePosition(start, range.start),
  );
  return {
    title: fix.safety === 'safe' ? fix.title : `${fix.title} (unsafe)`,
    kind: CodeActionKind.QuickFix,
    // The keyboard shortcut for the preferred fix must never take an unsafe one.
    isPreferred: fix.safety === 'safe' && fix === finding.fixes[0],
    ...(cured.length > 0 ? { diagnostics: cured } : {}),
    edit: toWorkspaceEdit(place, fix.edits),
  };
}

export function toFixAllAction(place: Omit<ActionPlace, 'shown'>, kind: string, newText: string): CodeAction {
  return {
    title: 'Apply all safe fixes of Rawsend',
    kind,
    edit: toWorkspaceEdit(place, [toMinimalEdit(place.open.getText(), newText)]),
  };
}

export const toHover = (open: TextDocument, found: { readonly span: Span; readonly markdown: string }): Hover => ({
  contents: { kind: MarkupKind.Markdown, value: found.markdown },
  range: toRange(open, found.span),
});

const COMPLETION_KINDS: Readonly<Record<CompletionEntry['kind'], CompletionItemKind>> = {
  key: CompletionItemKind.Property,
  value: CompletionItemKind.EnumMember,
  host: CompletionItemKind.Reference,
};

export const toCompletionItem = (
  open: TextDocument,
  { label, kind, documentation, edit }: CompletionEntry,
): CompletionItem => ({
  label,
  kind: COMPLETION_KINDS[kind],
  documentation: { kind: MarkupKind.Markdown, value: documentation },
  textEdit: { range: toRange(open, edit.span), newText: edit.newText },
  // What is inserted is indented for where it goes; the editor must not indent it a second time.
  insertTextMode: InsertTextMode.asIs,
});

export function toCodeLens(
  open: TextDocument,
  place: { readonly name: string; readonly span: Span },
  action: { readonly title: string; readonly command: string },
): CodeLens {
  return { range: toRange(open, place.span), command: { ...action, arguments: [open.uri, place.name] } };
}

function toWorkspaceEdit({ open, client }: Omit<ActionPlace, 'shown'>, edits: readonly TextEdit[]): WorkspaceEdit {
  const converted = edits.map(({ span, newText }) => ({ range: toRange(open, span), newText }));
  if (!client.readsVersionedEdits) return { changes: { [open.uri]: converted } };
  return { documentChanges: [{ textDocument: { uri: open.uri, version: open.version }, edits: converted }] };
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
