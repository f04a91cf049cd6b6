import type { NameUse } from '../core/policy/name-uses';
import { nameAt, nameUses, tagUses } from '../core/policy/name-uses';
import type { NamedText, NamePlace, NameQuery } from '../core/policy/navigate-policy';
import { namedParts } from '../core/policy/named-parts';
import type { Subject } from './answer';
import type { LspContext } from './context';
import type { WholePolicy } from './policy-texts';
import { isPolicyPart, isRevision } from './policy-texts';

/** The policy files that a name is looked up in, as the person sees them. */
export const filesAround = ({ open, kind, others, included }: Subject): readonly NamedText[] =>
  wholeFiles(kind === 'policy' ? [{ uri: open.uri, text: open.getText(), included }, ...others] : others);

/** Policy files and all that they include, each once. */
export function wholeFiles(policies: readonly WholePolicy[]): readonly NamedText[] {
  const uris = new Map([
    ...policies.flatMap(({ included }) => [...included.uris]),
    ...policies.map(({ uri, included }): [string, string] => [included.path, uri]),
  ]);
  const files = new Map<string, NamedText>();
  for (const { text, included } of policies) {
    for (const { uri: path, text: part, includes = [] } of namedParts(text, included)) {
      const toUri = (one: string): string => uris.get(one) ?? one;
      if (!files.has(path)) files.set(path, { uri: toUri(path), text: part, includes: includes.map(toUri) });
    }
  }
  return [...files.values()];
}

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
    .filter((open) => !isPolicyPart(open, policies));
  const files = runbooks.map((open) => ({ uri: open.uri, text: open.getText() }));
  const places = files.flatMap(({ uri, text }) =>
    tagUses(text)
      .filter(({ kind, name }) => kind === use.kind && name === use.name)
      .map(({ span, role }) => ({ uri, span, role })),
  );
  return { files, places };
}
