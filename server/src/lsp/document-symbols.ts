import type { DocumentSymbol, SymbolInformation } from 'vscode-languageserver/node';
import { policySymbols } from '../core/policy/policy-symbols';
import { answer } from './answer';
import type { Feature } from './feature';
import { toDocumentSymbol, toSymbolInformation } from './to-symbol';

/** The outline of a policy file: hosts with their addresses, policies with their endpoints. */
export const documentSymbols: Feature = (context) => {
  context.connection.onDocumentSymbol(({ textDocument: { uri } }, token) =>
    answer<DocumentSymbol[] | SymbolInformation[] | null>(
      context,
      { feature: 'document symbol', uri, token, otherwise: null },
      ({ open, document, kind }) => {
        if (kind !== 'policy') return null;
        const symbols = policySymbols(document.text);
        if (context.client.nestsSymbols) return symbols.map((symbol) => toDocumentSymbol(open, symbol));
        const named = symbols.flatMap(({ children }) => children);
        return named.map((symbol) => toSymbolInformation({ uri: open.uri, text: document.text }, symbol));
      },
    ),
  );
  return { documentSymbolProvider: true };
};
