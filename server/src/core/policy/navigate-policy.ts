/** From a name to its entry and to its uses, across the policy files of a workspace folder. */
import type { Span } from '../text/span';
import type { NameUse } from './name-uses';
import { nameAt, nameUses } from './name-uses';

/** A policy file. Which one it is, is for the caller to know. */
export interface NamedText {
  readonly uri: string;
  readonly text: string;
}

export interface NamePlace {
  readonly uri: string;
  readonly span: Span;
  readonly role: NameUse['role'];
  readonly side?: NameUse['side'];
}

/** A name, and the file that it is looked up from. */
export interface NameQuery {
  readonly uri: string;
  readonly use: Pick<NameUse, 'kind' | 'name'>;
}

/** The entry that a name means: that of its own file; where it has none, those of the other files. */
export function findEntries(files: readonly NamedText[], query: NameQuery): readonly NamePlace[] {
  return entriesFor(usesByFile(files, query.use), query.uri);
}

/** Every use of the same entry, its own included. In a file with an entry of the same name another one is meant. */
export function findUses(files: readonly NamedText[], query: NameQuery): readonly NamePlace[] {
  const all = usesByFile(files, query.use);
  const meant = entriesFor(all, query.uri);
  // A name without any entry is at least the same name within its file.
  if (meant.length === 0) return all.get(query.uri) ?? [];
  return [...all].flatMap(([uri, places]) =>
    entriesFor(all, uri).some((entry) => meant.includes(entry)) ? places : [],
  );
}

/** The uses of the name at an offset within its own text, for a file that nobody else knows of. */
export function findUsesIn(text: string, offset: number): readonly NamePlace[] {
  const use = nameAt(nameUses(text), offset);
  return use === undefined ? [] : findUses([{ uri: '', text }], { uri: '', use });
}

type Uses = ReadonlyMap<string, readonly NamePlace[]>;

function usesByFile(files: readonly NamedText[], { kind, name }: NameQuery['use']): Uses {
  return new Map(
    // Most files of a folder have nothing to do with a name, and are not read for it.
    files
      .filter(({ text }) => name.split(':', 2).every((part) => text.includes(part)))
      .map(({ uri, text }) => [
        uri,
        nameUses(text)
          .filter((use) => use.kind === kind && use.name === name)
          .map(({ span, role, side }) => ({ uri, span, role, ...(side === undefined ? {} : { side }) })),
      ]),
  );
}

function entriesFor(all: Uses, uri: string): readonly NamePlace[] {
  const own = entriesOf(all.get(uri) ?? []);
  return own.length > 0 ? own : [...all.values()].flatMap(entriesOf);
}

const entriesOf = (places: readonly NamePlace[]): readonly NamePlace[] => places.filter(({ role }) => role === 'entry');
