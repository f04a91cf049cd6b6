import { documentKind } from '../lint/document-kind';
import type { Document, LintContext } from '../lint/document';
import { parsePolicy } from '../policy/parse-policy';
import { liveFacts } from './live-facts';

/** The context of a policy file with what its inventories show; any other document's as it is. `now` is in Unix seconds. */
export function withLive(document: Document, context: LintContext, now?: number): LintContext {
  const { inventories = [] } = context;
  if (inventories.length === 0 || documentKind(document) !== 'policy') return context;
  const { file } = parsePolicy(document.text);
  return file === undefined ? context : { ...context, live: liveFacts(file, inventories, now) };
}
