import { documentKind } from '../lint/document-kind';
import type { Document, LintContext } from '../lint/document';
import { parsePolicy } from '../policy/parse-policy';
import { ownPart } from '../policy/policy-parts';
import { liveFacts } from './live-facts';

/** The context of a policy file with what its inventories show; any other document's as it is. `now` is in Unix seconds. */
export function withLive(document: Document, context: LintContext, now?: number): LintContext {
  const { inventories = [] } = context;
  if (inventories.length === 0 || documentKind(document) !== 'policy') return context;
  const parsed = parsePolicy(document.text, context.included);
  const { file } = parsed;
  // What an included file says about its policies is told there; one of them may bring the source of a policy of this file.
  return file === undefined
    ? context
    : { ...context, live: liveFacts(file, inventories, now, ownPart(parsed)?.policies) };
}
