/** From a name to its entry and to its uses, across the policy files of a workspace folder. */
import type { Span } from '../text/span';
import type { NameUse } from './name-uses';
import { nameAt, nameUses } from './name-uses';

/** A policy file. Which one it is, is for the caller to know. */
export interface NamedText {
  readonly uri: string;
  readonly text: string;
  /** The files that it includes, with all that those include. */
  readonly includes?: readonly string[];
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

/** The entry that a name means: that of its own file, or of one that it includes; where those have none, of the other files. */
export function findEntries(files: readonly NamedText[], query: NameQuery): readonly NamePlace[] {
  return entriesFor(usesByFile(files, query.use), query.uri, scopesOf(files));
}

/** Every use of the same entry, its own included. In a file with an entry of the same name another one is meant. */
export function findUses(files: readonly NamedText[], query: NameQuery): readonly NamePlace[] {
  const all = usesByFile(files, query.use);
  const scopes = scopesOf(files);
  const meant = entriesFor(all, query.uri, scopes);
  // A name without any entry is at least the same name within its file.
  if (meant.length === 0) return all.get(query.uri) ?? [];
  return [...all].flatMap(([uri, places]) =>
    entriesFor(all, uri, scopes).some((entry) => meant.includes(entry)) ? places : [],
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

/** The files that each file includes. */
type Scopes = ReadonlyMap<string, readonly string[]>;

const scopesOf = (files: readonly NamedText[]): Scopes =>
  new Map(files.map(({ uri, includes = [] }) => [uri, includes]));

function entriesFor(all: Uses, uri: string, scopes: Scopes): readonly NamePlace[] {
  const own = entriesOf(all.get(uri) ?? []);
  if (own.length > 0) return own;
  const included = (scopes.get(uri) ?? []).flatMap((other) => entriesOf(all.get(other) ?? []));
  return included.length > 0 ? included : [...all.values()].flatMap(entriesOf);
}

const entriesOf = (places: readonly NamePlace[]): readonly NamePlace[] => places.filter(({ role }) => role === 'entry');
