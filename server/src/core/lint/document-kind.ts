import { isRunbook } from '../runbook/extractors';
import type { Document } from './document';

export type DocumentKind = 'policy' | 'runbook';

/** What a document is linted as; undefined for what Rawsend does not read. */
export function documentKind(document: Document): DocumentKind | undefined {
  if (document.languageId === 'rawsend') return 'policy';
  if (isRunbook(document)) return 'runbook';
  return POLICY_FILE.test(document.path) ? 'policy' : undefined;
}

/** `rawsend.yaml`, `rawsend.yml` and anything before `.rawsend.yaml`, in any folder and in URIs. */
const POLICY_FILE = /(?:^|[/\\.])rawsend\.ya?ml$/;
