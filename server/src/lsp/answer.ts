import { setImmediate } from 'node:timers';
import type { CancellationToken } from 'vscode-languageserver/node';
import { LSPErrorCodes, ResponseError } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Document, LintContext } from '../core/lint/document';
import { documentKind } from '../core/lint/document-kind';
import type { DocumentKind } from '../core/lint/document-kind';
import { withLive } from '../core/live/with-live';
import { parsePolicy } from '../core/policy/parse-policy';
import { ownParts } from '../core/policy/policy-parts';
import { mayMatter } from '../core/runbook/text-gate';
import type { LspContext } from './context';
import { fromTextDocument } from './from-proto';
import type { IncludedTexts } from './included-texts';
import { isPolicyDocument } from './policy-texts';
import type { WholePolicy } from './policy-texts';
import { comparable, isSameUri } from './uris';

/** What a handler computes from: one text, and what is known beside it. */
export interface Subject {
  readonly open: TextDocument;
  readonly document: Document;
  readonly kind: DocumentKind;
  readonly lint: () => LintContext;
  /** The policy files that count for this document, without the document itself. */
  readonly others: readonly WholePolicy[];
  /** What the document includes, if it is a policy file. */
  readonly included: IncludedTexts;
}

export interface DocumentRequest<T> {
  /** For the log, e.g. `hover`. */
  readonly feature: string;
  readonly uri: string;
  readonly token: CancellationToken;
  /** The answer for a document that is closed, that has nothing to do with ZFS, or whose handler crashed. */
  readonly otherwise: T;
  /** The error for a document that changed since it was asked about. */
  readonly outdated?: ResponseError<unknown>;
}

/**
 * Answers a request about one document. The core is synchronous, so the answer waits until what arrived
 * behind the request is read: a cancelled request costs nothing, and none is answered about a text that is no
 * longer there: both end in a ResponseError. A crash is written to the log and ends this answer alone.
 */
export async function answer<T>(
  context: LspContext,
  request: DocumentRequest<T>,
  compute: (subject: Subject) => T,
): Promise<T> {
  const { feature, uri, token, otherwise } = request;
  try {
    const version = context.documents.get(uri)?.version;
    const policies = await context.policies.near(uri);
    const own = await ownPolicy(context, uri, policies);
    await breathe();
    if (token.isCancellationRequested) throw new ResponseError(LSPErrorCodes.RequestCancelled, 'cancelled');
    const open = context.documents.get(uri);
    if (open === undefined) return otherwise;
    if (open.version !== version)
      throw request.outdated ?? new ResponseError(LSPErrorCodes.ContentModified, 'the document changed');
    const isIncluded = own !== undefined && !isPolicyDocument(open);
    const document = { ...fromTextDocument(open), ...(isIncluded && { languageId: 'rawsend' }) };
    const kind = documentKind(document);
    if (kind === undefined || (kind === 'runbook' && !mayMatter(document.text))) return otherwise;
    const others = policies.filter((policy) => !isSameUri(policy.uri, uri));
    const included = own?.included ?? { path: comparable(uri), files: new Map(), uris: new Map() };
    const subject = { open, document, kind, others, included };
    return compute({ ...subject, lint: () => lintContext(context, subject) });
  } catch (error) {
    if (error instanceof ResponseError) throw error;
    context.connection.console.error(
      `${feature} failed for ${uri}: ${error instanceof Error ? error.stack : String(error)}`,
    );
    return otherwise;
  }
}

/** A document that is a policy file by its name or language, or because one of these includes it. */
async function ownPolicy(
  { documents, policies }: LspContext,
  uri: string,
  near: readonly WholePolicy[],
): Promise<WholePolicy | undefined> {
  const own = near.find((policy) => isSameUri(policy.uri, uri));
  const isIncluded = near.some(({ included }) => included.files.has(comparable(uri)));
  const open = own === undefined && isIncluded ? documents.get(uri) : undefined;
  return open ? policies.whole(uri, open.getText()) : own;
}

/** Lets the event loop go round twice: once to read what has arrived, once to handle it. */
const breathe = (): Promise<void> => new Promise((resolve) => void setImmediate(() => void setImmediate(resolve)));

function lintContext(
  { inventories }: LspContext,
  { open, document, kind, others, included }: Omit<Subject, 'lint'>,
): LintContext {
  const parsed = others.map((other) => parsePolicy(other.text, other.included));
  const isPolicy = kind === 'policy';
  const made = new Set(isPolicy ? [included.path, ...included.files.keys()] : []);
  const context: LintContext = {
    included,
    policies: [...ownParts(...parsed)].flatMap(([path, policy]) => (made.has(path) ? [] : policy)),
    // One name can stand for two machines in two folders.
    inventories: isPolicy
      ? inventories.of(open.uri, ...included.uris.values())
      : others.flatMap((other) => inventories.of(other.uri, ...other.included.uris.values())),
  };
  return withLive(document, context, Date.now() / 1000);
}
