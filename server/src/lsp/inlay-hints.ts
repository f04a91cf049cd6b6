import type { InlayHint } from 'vscode-languageserver/node';
import { policyHints } from '../core/policy/policy-hints';
import { inlayValues } from '../core/runbook/inlay-values';
import { contains } from '../core/text/span';
import { answer } from './answer';
import type { Feature } from './feature';
import { fromRange } from './from-proto';
import { toInlayHint } from './to-proto';

/** The values of variables in the ZFS commands of a runbook, and the defaults that decide what a policy does. */
export const inlayHints: Feature = (context) => {
  context.connection.languages.inlayHint.on(({ textDocument: { uri }, range }, token) =>
    answer<InlayHint[]>(
      context,
      { feature: 'inlay hint', uri, token, otherwise: [] },
      ({ open, document, kind, included }) => {
        const visible = fromRange(open, range);
        const hints = kind === 'policy' ? policyHints(document.text, included) : inlayValues(document);
        return hints.filter(({ offset }) => contains(visible, offset)).map((value) => toInlayHint(open, value));
      },
    ),
  );
  return { inlayHintProvider: { resolveProvider: false } };
};
