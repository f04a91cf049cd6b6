import type { SemanticTokens } from 'vscode-languageserver/node';
import { policyTokens } from '../core/policy/policy-tokens';
import { answer } from './answer';
import type { Feature } from './feature';
import { TOKEN_LEGEND, toSemanticTokens } from './to-tokens';

/** Tells names, datasets and unsafe values from the rest of the YAML. */
export const semanticTokens: Feature = (context) => {
  context.connection.languages.semanticTokens.on(({ textDocument: { uri } }, token) =>
    answer<SemanticTokens | null>(
      context,
      { feature: 'semantic token', uri, token, otherwise: null },
      ({ open, document, kind }) => (kind === 'policy' ? toSemanticTokens(open, policyTokens(document.text)) : null),
    ),
  );
  return { semanticTokensProvider: { legend: TOKEN_LEGEND, full: true } };
};
