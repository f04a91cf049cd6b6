import type { SelectionRange } from 'vscode-languageserver/node';
import { selectPolicy } from '../core/policy/select-policy';
import { answer } from './answer';
import type { Feature } from './feature';
import { fromPosition } from './from-proto';
import { toSelectionRange } from './to-proto';

/** Lets a selection in a policy grow along its structure. */
export const selectionRanges: Feature = (context) => {
  context.connection.onSelectionRanges(({ textDocument: { uri }, positions }, token) =>
    answer<SelectionRange[] | null>(
      context,
      { feature: 'selection', uri, token, otherwise: null },
      ({ open, document, kind }) => {
        if (kind !== 'policy') return null;
        return positions.map((position) =>
          toSelectionRange(open, selectPolicy(document.text, fromPosition(open, position))),
        );
      },
    ),
  );
  return { selectionRangeProvider: true };
};
