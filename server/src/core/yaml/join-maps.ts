import { span } from '../text/span';
import type { Problem } from './problem';
import type { YamlEntry, YamlNode } from './yaml-tree';
import { duplicate, nodeOf } from './yaml-tree';

/** One map of several that follow each other, the first of each name; the others are added to `problems`. Undefined for none. */
export function joinMaps(
  maps: readonly (YamlNode | undefined)[],
  problems: Problem[],
  end = maps.at(-1)?.span.end,
): YamlNode | undefined {
  const entries = new Map<string, YamlEntry>();
  for (const map of maps) {
    if (map === undefined) return undefined;
    for (const [name, entry] of map.entries) {
      const earlier = entries.get(name);
      if (earlier === undefined) entries.set(name, entry);
      else problems.push(duplicate(name, entry.key, earlier.key));
    }
  }
  const [first] = maps;
  if (first === undefined || end === undefined) return undefined;
  return { ...nodeOf(first, entries), span: span(first.span.start, end) };
}
