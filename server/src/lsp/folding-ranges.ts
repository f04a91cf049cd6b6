import type { FoldingRange } from 'vscode-languageserver/node';
import { foldPolicy } from '../core/policy/fold-policy';
import { answer } from './answer';
import type { Feature } from './feature';
import { toFoldingRange } from './to-proto';

/** Folds the sections of a policy. Null elsewhere, for an empty list would take away what the editor folds by itself. */
export const foldingRanges: Feature = (context) => {
  context.connection.onFoldingRanges(({ textDocument: { uri } }, token) =>
    answer<FoldingRange[] | null>(
      context,
      { feature: 'folding', uri, token, otherwise: null },
      ({ open, document, kind }) =>
        kind === 'policy' ? foldPolicy(document.text).map((fold) => toFoldingRange(open, fold)) : null,
    ),
  );
  return { foldingRangeProvider: true };
};
