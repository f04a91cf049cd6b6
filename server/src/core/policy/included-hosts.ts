import type { IncludedFiles } from './include-graph';
import { includesOf } from './include-graph';
import { resolveInclude } from './include-paths';
import { parsePolicy } from './parse-policy';
import type { HostEntry } from './policy';

/** The hosts that a text has from included files, also while the text itself is broken. */
export function includedHosts(text: string, included: IncludedFiles | undefined): ReadonlyMap<string, HostEntry> {
  if (included === undefined) return new Map();
  const { path: own, files } = included;
  const found = includesOf(text).flatMap(({ written }) => {
    const path = resolveInclude(own, written);
    const part = files.get(path);
    return part?.ok === true ? Object.entries(parsePolicy(part.value, { path, files }).file?.hosts ?? {}) : [];
  });
  return new Map(found);
}
