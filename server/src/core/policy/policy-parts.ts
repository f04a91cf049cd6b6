/** Which file each policy and host of a policy file comes from: what is read by several ways counts once. */
import type { ParsedPolicy } from './parse-policy';
import type { PolicyFile } from './policy';

/** With the policies that are written in the file itself, and all hosts. Undefined for one with mistakes. */
export function ownPart({ file, inclusions }: ParsedPolicy): PolicyFile | undefined {
  if (file === undefined || inclusions.length === 0) return file;
  const brought = new Set(inclusions.flatMap((each) => Object.keys(each.brought?.file?.policies ?? {})));
  const own = Object.entries(file.policies).filter(([name]) => !brought.has(name));
  return { ...file, policies: Object.fromEntries(own) };
}

export type PartKind = 'hosts' | 'policies';

/** The file that a name was written in, by its path. */
export function originOf(parsed: ParsedPolicy, kind: PartKind, name: string): string {
  const found = parsed.inclusions.find(({ brought }) => Object.hasOwn(brought?.file?.[kind] ?? {}, name))?.brought;
  return found === undefined ? parsed.path : originOf(found, kind, name);
}

/** All files that a policy file is made of, itself the first, each once. */
export function partsOf(parsed: ParsedPolicy): readonly ParsedPolicy[] {
  const parts = new Map<string, ParsedPolicy>();
  const add = (part: ParsedPolicy): void => {
    if (parts.has(part.path)) return;
    parts.set(part.path, part);
    for (const { brought } of part.inclusions) if (brought !== undefined) add(brought);
  };
  add(parsed);
  return [...parts.values()];
}

/** What each file that policy files are made of says itself, by its path: it is complete without those that include it. */
export function ownParts(...files: readonly ParsedPolicy[]): ReadonlyMap<string, PolicyFile> {
  const parts = new Map<string, PolicyFile>();
  for (const part of files.flatMap(partsOf)) {
    const own = parts.has(part.path) ? undefined : ownPart(part);
    if (own !== undefined) parts.set(part.path, own);
  }
  return parts;
}

export interface DistinctPart {
  readonly parsed: ParsedPolicy;
  /** What this file tells. */
  readonly names: Readonly<Record<PartKind, ReadonlySet<string>>>;
}

/**
 * Several policy files without mistakes, each with the names that no other of them tells: a file that is there by itself
 * tells its own, one that is only included is told by the first that includes it.
 */
export function distinctParts(files: readonly ParsedPolicy[]): readonly DistinctPart[] {
  const byThemselves = new Set(files.filter(({ file }) => file !== undefined).map(({ path }) => path));
  const told = new Set<string>();
  return files
    .filter(({ file, path }) => file !== undefined && !told.has(path))
    .map((parsed) => {
      const mine = new Set(
        partsOf(parsed)
          .map(({ path }) => path)
          .filter((path) => path === parsed.path || (!byThemselves.has(path) && !told.has(path))),
      );
      for (const path of mine) told.add(path);
      const namesOf = (kind: PartKind): ReadonlySet<string> =>
        new Set(Object.keys(parsed.file?.[kind] ?? {}).filter((name) => mine.has(originOf(parsed, kind, name))));
      return { parsed, names: { hosts: namesOf('hosts'), policies: namesOf('policies') } };
    });
}
