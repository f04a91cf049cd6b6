import type { Hover } from 'vscode-languageserver/node';
import { hoverPolicy } from '../core/policy/hover-policy';
import { hoverRunbook } from '../core/runbook/hover-runbook';
import { answer } from './answer';
import type { Feature } from './feature';
import { fromPosition } from './from-proto';
import { knownFor } from './known';
import { toHover } from './to-proto';

/** Explains a key of a policy, with what is known of a host or dataset, or a command and its flags in a script. */
export const hovers: Feature = (context) => {
  context.connection.onHover(({ textDocument: { uri }, position }, token) =>
    answer<Hover | null>(context, { feature: 'hover', uri, token, otherwise: null }, (subject) => {
      const { open, document, kind } = subject;
      const offset = fromPosition(open, position);
      const found =
        kind === 'policy'
          ? hoverPolicy(document.text, offset, knownFor(context, subject))
          : hoverRunbook(document, offset);
      return found === undefined ? null : toHover(open, found);
    }),
  );
  return { hoverProvider: true };
};
