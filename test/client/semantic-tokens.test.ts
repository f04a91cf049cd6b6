import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { SemanticTokenModifiers, SemanticTokenTypes } from 'vscode-languageserver/node';
import { TOKEN_LEGEND } from '../../server/src/lsp/to-tokens';

interface Contributes {
  readonly semanticTokenTypes?: readonly { readonly id: string }[];
  readonly semanticTokenModifiers?: readonly { readonly id: string }[];
  readonly semanticTokenScopes: readonly {
    readonly language?: string;
    readonly scopes: Readonly<Record<string, readonly string[]>>;
  }[];
}

const { contributes } = JSON.parse(readFileSync('package.json', 'utf8')) as { readonly contributes: Contributes };

/** The parts of a selector such as `keyword.unsafe`. */
const parts = (selector: string): readonly string[] => selector.split(/[.:]/);

const selectors = contributes.semanticTokenScopes.flatMap(({ scopes }) => Object.keys(scopes));

describe('the semantic tokens', () => {
  for (const [what, said, standard, own] of [
    ['type', TOKEN_LEGEND.tokenTypes, Object.values(SemanticTokenTypes), contributes.semanticTokenTypes],
    [
      'modifier',
      TOKEN_LEGEND.tokenModifiers,
      Object.values(SemanticTokenModifiers),
      contributes.semanticTokenModifiers,
    ],
  ] as const) {
    it(`have no ${what} that a theme cannot colour`, () => {
      const known = new Set<string>(standard);
      const ours = said.filter((one) => !known.has(one));
      assert.deepEqual((own ?? []).map(({ id }) => id).toSorted(), ours.toSorted());
      for (const one of ours)
        assert.ok(
          selectors.some((selector) => parts(selector).includes(one)),
          one,
        );
    });
  }

  it('are mapped for no language but ours, and to no name but those of the legend', () => {
    const known = new Set(['*', ...TOKEN_LEGEND.tokenTypes, ...TOKEN_LEGEND.tokenModifiers]);
    for (const { language, scopes } of contributes.semanticTokenScopes) {
      assert.equal(language, 'rawsend');
      for (const [selector, [first = '']] of Object.entries(scopes)) {
        assert.deepEqual(
          parts(selector).filter((part) => !known.has(part)),
          [],
        );
        // All themes that come with VS Code have a colour for this scope.
        assert.match(first, /^invalid\.illegal\./);
      }
    }
  });
});
