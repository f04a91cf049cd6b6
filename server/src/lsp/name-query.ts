import type { NameUse } from '../core/policy/name-uses';
import { nameAt, nameUses, tagUses } from '../core/policy/name-uses';
import type { NamedText, NamePlace, NameQuery } from '../core/policy/navigate-policy';
import type { Subject } from './answer';
import type { LspContext } from './context';
import { isPolicyDocument, isRevision } from './policy-texts';

/** The policy files that a name is looked up in, as the person sees them. */
export const filesAround = ({ open, kind, others }: Subject): readonly NamedText[] =>
  kind === 'policy' ? [{ uri: open.uri, text: open.getText() }, ...others] : others;

/** The name at an offset of a policy file, or that in a hold tag of a runbook. */
export function queryAt({ open, kind }: Subject, offset: number): (NameQuery & { readonly use: NameUse }) | undefined {
  const text = open.getText();
  const use = nameAt(kind === 'policy' ? nameUses(text) : tagUses(text), offset);
  return use && { uri: open.uri, use };
}

export interface RunbookTags {
  readonly files: readonly NamedText[];
  readonly places: readonly NamePlace[];
}

/** Where the hold tags of open runbooks of the same folder say a name. */
export function runbookTags({ documents, policies }: LspContext, { use, uri: asked }: NameQuery): RunbookTags {
  const runbooks = documents
    .all()
    .filter(({ uri }) => !isRevision(uri) && policies.isNear(asked, uri))
    .filter((open) => !isPolicyDocument(open));
  const files = runbooks.map((open) => ({ uri: open.uri, text: open.getText() }));
  const places = files.flatMap(({ uri, text }) =>
    tagUses(text)
      .filter(({ kind, name }) => kind === use.kind && name === use.name)
      .map(({ span, role }) => ({ uri, span, role })),
  );
  return { files, places };
}
