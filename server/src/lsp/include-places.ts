import type { NamedText } from '../core/policy/navigate-policy';
import { includesOf } from '../core/policy/include-graph';
import { resolveInclude } from '../core/policy/include-paths';
import type { Span } from '../core/text/span';
import { contains } from '../core/text/span';
import type { Subject } from './answer';

/** An item of `include` whose file was read. */
export interface IncludePlace {
  readonly span: Span;
  readonly file: NamedText;
}

export function includePlaces({ open, kind, included }: Subject): readonly IncludePlace[] {
  if (kind !== 'policy') return [];
  return includesOf(open.getText()).flatMap(({ written, span }) => {
    const path = resolveInclude(included.path, written);
    const found = included.files.get(path);
    const uri = included.uris.get(path);
    return found?.ok === true && uri !== undefined ? [{ span, file: { uri, text: found.value } }] : [];
  });
}

export const includedFileAt = (subject: Subject, offset: number): NamedText | undefined =>
  includePlaces(subject).find(({ span }) => contains(span, offset))?.file;
