/** Symbols of the protocol. */
import type { DocumentSymbol, SymbolInformation } from 'vscode-languageserver/node';
import { SymbolKind } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { NamedText } from '../core/policy/navigate-policy';
import type { PolicySymbol } from '../core/policy/policy-symbols';
import { toLocation, toRange } from './to-proto';

const KINDS: Readonly<Record<PolicySymbol['kind'], SymbolKind>> = {
  section: SymbolKind.Namespace,
  host: SymbolKind.Object,
  policy: SymbolKind.Class,
};

export const toDocumentSymbol = (open: TextDocument, symbol: PolicySymbol): DocumentSymbol => ({
  name: symbol.name,
  detail: symbol.detail,
  kind: KINDS[symbol.kind],
  range: toRange(open, symbol.span),
  selectionRange: toRange(open, symbol.nameSpan),
  children: symbol.children.map((child) => toDocumentSymbol(open, child)),
});

export const toSymbolInformation = (
  file: NamedText,
  { name, kind, detail, nameSpan }: PolicySymbol,
): SymbolInformation => ({
  name,
  kind: KINDS[kind],
  location: toLocation(file, nameSpan),
  // Shown beside the name, where there is no place for a detail.
  ...(detail === '' ? {} : { containerName: detail }),
});
