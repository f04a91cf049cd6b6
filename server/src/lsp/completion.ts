import type { CompletionItem } from 'vscode-languageserver/node';
import { completePolicy } from '../core/policy/complete-policy';
import { answer } from './answer';
import type { Feature } from './feature';
import { fromPosition } from './from-proto';
import { knownFor } from './known';
import { toCompletionItem } from './to-proto';

/** Completes the keys and values of a policy, with what is known of its hosts. Connects to none of them. */
export const completions: Feature = (context) => {
  context.connection.onCompletion(({ textDocument: { uri }, position }, token) =>
    answer<CompletionItem[]>(
      context,
      { feature: 'completion', uri, token, otherwise: [] },
      ({ open, document, kind }) => {
        if (kind !== 'policy') return [];
        const entries = completePolicy(document.text, fromPosition(open, position), knownFor(context, uri));
        return entries.map((entry) => toCompletionItem(open, entry));
      },
    ),
  );
  return { completionProvider: { triggerCharacters: [':', ' ', '/'] } };
};
