import type { IncludedFiles } from './include-graph';
import { includesOf, readIncludeGraph } from './include-graph';
import type { NamedText } from './navigate-policy';

/** The texts that a policy file is made of, itself the first, each by its path and with the paths that it includes. */
export function namedParts(text: string, included: IncludedFiles): readonly NamedText[] {
  if (includesOf(text).length === 0) return [{ uri: included.path, text }];
  const { files } = readIncludeGraph(text, included);
  const below = (from: string): readonly string[] => {
    const seen = new Set<string>();
    const pending = [from];
    for (let path = pending.pop(); path !== undefined; path = pending.pop())
      for (const edge of files.get(path)?.edges ?? []) {
        if (!seen.has(edge.path)) pending.push(edge.path);
        seen.add(edge.path);
      }
    return [...seen].filter((path) => files.has(path) && path !== from);
  };
  return [...files].map(([path, file]) => ({ uri: path, text: file.text, includes: below(path) }));
}
