/** Semantic tokens of the protocol: five numbers for each. */
import type { SemanticTokens, SemanticTokensLegend } from 'vscode-languageserver/node';
import { SemanticTokenModifiers, SemanticTokenTypes, SemanticTokensBuilder } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { PolicyToken } from '../core/policy/policy-tokens';

/** Types that every theme has a colour for. */
const TYPES: Readonly<Record<PolicyToken['kind'], SemanticTokenTypes>> = {
  host: SemanticTokenTypes.namespace,
  policy: SemanticTokenTypes.class,
  dataset: SemanticTokenTypes.variable,
  prefix: SemanticTokenTypes.enumMember,
  unsafe: SemanticTokenTypes.keyword,
};

/** `unsafe` is our own, for themes and settings that want to show it even more clearly. */
export const TOKEN_LEGEND: SemanticTokensLegend = {
  tokenTypes: Object.values(TYPES),
  tokenModifiers: [SemanticTokenModifiers.declaration, 'unsafe'],
};

const DECLARATION = 0b01;
const UNSAFE = 0b10;

export function toSemanticTokens(open: TextDocument, tokens: readonly PolicyToken[]): SemanticTokens {
  const builder = new SemanticTokensBuilder();
  for (const { kind, span, declares } of tokens) {
    const { line, character } = open.positionAt(span.start);
    const modifiers = (declares ? DECLARATION : 0) | (kind === 'unsafe' ? UNSAFE : 0);
    builder.push(line, character, span.end - span.start, TOKEN_LEGEND.tokenTypes.indexOf(TYPES[kind]), modifiers);
  }
  return builder.build();
}
