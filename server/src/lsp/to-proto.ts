/** From the core's values to the protocol's: one of the two places that know positions. */
import type {
  CodeLens,
  CompletionItem,
  Diagnostic,
  DiagnosticRelatedInformation,
  FoldingRange,
  Hover,
  InlayHint,
  Location,
  Range,
  SelectionRange,
  WorkspaceEdit,
} from 'vscode-languageserver/node';
import {
  CompletionItemKind,
  DiagnosticSeverity,
  FoldingRangeKind,
  InsertTextMode,
  MarkupKind,
} from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Finding, Severity } from '../core/lint/finding';
import type { CompletionEntry } from '../core/policy/complete-policy';
import type { Fold } from '../core/policy/fold-policy';
import type { NamedText, NamePlace } from '../core/policy/navigate-policy';
import type { InlayValue } from '../core/runbook/inlay-values';
import type { Span, TextEdit } from '../core/text/span';
import type { TextPlace } from '../protocol';
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

/** A place in a text that need not be open. */
export const toLocation = ({ uri, text }: NamedText, span: Span): Location => ({
  uri,
  range: toRange(TextDocument.create(uri, 'rawsend', 0, text), span),
});

export const toLocations = (files: readonly NamedText[], places: readonly NamePlace[]): Location[] =>
  files.flatMap((file) => places.filter(({ uri }) => uri === file.uri).map(({ span }) => toLocation(file, span)));

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

export const toHover = (open: TextDocument, found: { readonly span: Span; readonly markdown: string }): Hover => ({
  contents: { kind: MarkupKind.Markdown, value: found.markdown },
  range: toRange(open, found.span),
});

const COMPLETION_KINDS: Readonly<Record<CompletionEntry['kind'], CompletionItemKind>> = {
  key: CompletionItemKind.Property,
  value: CompletionItemKind.EnumMember,
  host: CompletionItemKind.Reference,
  alias: CompletionItemKind.Reference,
  dataset: CompletionItemKind.Folder,
  prefix: CompletionItemKind.Text,
  file: CompletionItemKind.File,
};

/** `index` keeps the order: keys stand as the schema has them, the usual ones first. */
export const toCompletionItem = (
  open: TextDocument,
  { label, kind, documentation, detail, edit, also }: CompletionEntry,
  index: number,
): CompletionItem => ({
  label,
  kind: COMPLETION_KINDS[kind],
  sortText: String(index).padStart(5, '0'),
  ...(detail !== undefined && { labelDetails: { description: detail } }),
  documentation: { kind: MarkupKind.Markdown, value: documentation },
  textEdit: { range: toRange(open, edit.span), newText: edit.newText },
  ...(also === undefined ? {} : { additionalTextEdits: [{ range: toRange(open, also.span), newText: also.newText }] }),
  // What is inserted is indented for where it goes; the editor must not indent it a second time.
  insertTextMode: InsertTextMode.asIs,
});

export const toLens = (open: TextDocument, span: Span, command: CodeLens['command']): CodeLens => ({
  range: toRange(open, span),
  ...(command === undefined ? {} : { command }),
});

/** A place for a command of the client, which asks about it later. */
export const toPlace = (open: TextDocument, offset: number): TextPlace => ({
  uri: open.uri,
  position: open.positionAt(offset),
});

export const toInlayHint = (open: TextDocument, { offset, label, full }: InlayValue): InlayHint => ({
  position: open.positionAt(offset),
  label,
  paddingLeft: true,
  ...(full === undefined ? {} : { tooltip: full }),
});

export const toFoldingRange = (open: TextDocument, { span, kind }: Fold): FoldingRange => ({
  startLine: open.positionAt(span.start).line,
  endLine: open.positionAt(span.end).line,
  ...(kind === 'comment' ? { kind: FoldingRangeKind.Comment } : {}),
});

/** `spans` from the inside out; there is always one, the whole text. */
export const toSelectionRange = (open: TextDocument, spans: readonly Span[]): SelectionRange =>
  spans.reduceRight<SelectionRange | undefined>(
    (parent, span) => ({ range: toRange(open, span), ...(parent === undefined ? {} : { parent }) }),
    undefined,
  ) ?? { range: toRange(open, { start: 0, end: 0 }) };

export interface EditPlace {
  readonly open: TextDocument;
  readonly client: ClientFacts;
}

export function toWorkspaceEdit({ open, client }: EditPlace, edits: readonly TextEdit[]): WorkspaceEdit {
  const converted = edits.map(({ span, newText }) => ({ range: toRange(open, span), newText }));
  if (!client.readsVersionedEdits) return { changes: { [open.uri]: converted } };
  return { documentChanges: [{ textDocument: { uri: open.uri, version: open.version }, edits: converted }] };
}

/** Refused by the client where the file is there already. */
export const toNewFile = (uri: string, text: string): WorkspaceEdit => ({
  documentChanges: [
    { kind: 'create', uri, options: { overwrite: false, ignoreIfExists: false } },
    {
      textDocument: { uri, version: null },
      edits: [{ range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } }, newText: text }],
    },
  ],
});
