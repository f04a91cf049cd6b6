import { err, ok } from '../result';
import type { Result } from '../result';
import { compareVersions } from './version-output';

/** Releases of OpenZFS, as somebody wrote them. */
export interface AllowedVersions {
  readonly text: string;
  /** All of them must hold. */
  readonly comparisons: readonly Comparison[];
}

export interface Comparison {
  /** `=` means this release and its patch releases: `2.3` is 2.3.0, 2.3.1 and so on. */
  readonly operator: '=' | '<' | '<=' | '>' | '>=';
  readonly version: string;
}

/** Parses `2.3`, `>=2.2` or `>=2.2 <2.4`; the error is a message for the author. */
export function parseAllowedVersions(text: string): Result<AllowedVersions, string> {
  const comparisons: Comparison[] = [];
  for (const word of text.trim().split(/\s+/)) {
    const [, operator = '', version] = /^(<=|>=|<|>|=|)(\d{1,3}(?:\.\d{1,3}){1,2})$/.exec(word) ?? [];
    if (version === undefined) return err('write a release such as `2.3`, or comparisons such as `>=2.2 <2.4`');
    comparisons.push({ operator: isOperator(operator) ? operator : '=', version });
  }
  return ok({ text: text.trim(), comparisons });
}

export const isAllowed = (version: string, { comparisons }: AllowedVersions): boolean =>
  version !== '' && comparisons.every((comparison) => holds(version, comparison));

const isOperator = (text: string): text is Comparison['operator'] => ['=', '<', '<=', '>', '>='].includes(text);

function holds(found: string, { operator, version }: Comparison): boolean {
  if (operator === '=') return found === version || found.startsWith(`${version}.`);
  const order = compareVersions(found, version);
  return { '<': order < 0, '<=': order <= 0, '>': order > 0, '>=': order >= 0 }[operator];
}
