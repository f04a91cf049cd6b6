import type { CompletionItem } from 'vscode-languageserver/node';
import { isIncludePlace } from '../core/policy/complete-include';
import { completePolicy } from '../core/policy/complete-policy';
import { answer } from './answer';
import type { LspContext } from './context';
import type { Feature } from './feature';
import { fromPosition } from './from-proto';
import { findIncludable } from './includable-files';
import { knownFor } from './known';
import { isPolicyPart } from './policy-texts';
import { toCompletionItem } from './to-proto';

/** Completes the keys and values of a policy, with what is known of its hosts. Connects to none of them. */
export const completions: Feature = (context) => {
  context.connection.onCompletion(async ({ textDocument: { uri }, position }, token) => {
    const open = context.documents.get(uri);
    const paths =
      open !== undefined &&
      isPolicyPart(open, context.policies) &&
      isIncludePlace(open.getText(), fromPosition(open, position))
        ? await pathsBeside(context, uri)
        : [];
    return answer<CompletionItem[]>(context, { feature: 'completion', uri, token, otherwise: [] }, (subject) => {
      if (subject.kind !== 'policy') return [];
      const known = { ...knownFor(context, subject), paths };
      const entries = completePolicy(subject.document.text, fromPosition(subject.open, position), known);
      return entries.map((entry, index) => toCompletionItem(subject.open, entry, index));
    });
  });
  return { completionProvider: { triggerCharacters: [':', ' ', '/'] } };
};

const pathsBeside = ({ policies, client }: LspContext, uri: string): Promise<readonly string[]> =>
  findIncludable(uri, { folder: policies.folderOf(uri), isTrusted: client.trust !== 'untrusted' });
