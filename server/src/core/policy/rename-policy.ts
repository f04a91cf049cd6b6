/** A new name for a host or a policy. What the hosts hold under the old one is not touched, and the person is told. */
import type { Result } from '../result';
import { err, ok } from '../result';
import type { Span } from '../text/span';
import { show } from '../yaml/problem';
import { readYaml } from '../yaml/read-yaml';
import { entryName } from './fields';
import type { NameUse } from './name-uses';
import { nameAt, nameUses } from './name-uses';
import type { NamedText, NamePlace, NameQuery } from './navigate-policy';
import { findUses } from './navigate-policy';

export interface Renaming {
  readonly edits: readonly { readonly uri: string; readonly span: Span }[];
  /** What the new name does not reach; absent where it reaches everything. */
  readonly warning?: { readonly label: string; readonly description: string };
}

/** The name at an offset of a policy file that can be changed there. */
export function renameableAt(text: string, offset: number): NameUse | undefined {
  const candidates = nameUses(text).filter(({ kind, role }) => kind !== 'replica' && role !== 'tag');
  return nameAt(candidates, offset);
}

/** The places of the new name, or why it is refused. */
export function renameIn(files: readonly NamedText[], query: NameQuery, newName: string): Result<Renaming, string> {
  if (newName === query.use.name) return ok({ edits: [] });
  // A tag in a comment or a script is what a host holds now.
  const places = findUses(files, query).filter(({ role }) => role !== 'tag');
  const refusal = refuseName(newName) ?? refuseClash(files, places, { ...query.use, name: newName });
  if (refusal !== undefined) return err(refusal);
  const edits = places.map(({ uri, span }) => ({ uri, span }));
  const warning = holdWarning(query.use, places);
  return ok(warning === undefined ? { edits } : { edits, warning });
}

function refuseName(name: string): string | undefined {
  const checked = entryName.safeParse(name);
  if (!checked.success) return `${show(name)} cannot be a name: ${checked.error.issues[0]?.message ?? ''}`;
  if (readYaml(`${name}: x`).root?.entries.has(name) === true) return undefined;
  return `${show(name)} cannot be a name: YAML reads another value there, so begin with a letter`;
}

function refuseClash(
  files: readonly NamedText[],
  places: readonly NamePlace[],
  { kind, name }: NameQuery['use'],
): string | undefined {
  const touched = new Set(places.map(({ uri }) => uri));
  const included = new Set(files.flatMap(({ uri, includes = [] }) => (touched.has(uri) ? includes : [])));
  const sees = ({ uri, includes = [] }: NamedText): boolean =>
    touched.has(uri) || included.has(uri) || includes.some((other) => touched.has(other));
  const taken = files.some(
    (file) =>
      sees(file) && nameUses(file.text).some((use) => use.kind === kind && use.name === name && use.role !== 'tag'),
  );
  if (!taken) return undefined;
  return `the ${kind} ${show(name)} is there already, and two would become one: choose another name`;
}

/** The name of a policy and that of its target's host stand in the hold tag. */
function holdWarning({ kind, name }: NameQuery['use'], places: readonly NamePlace[]): Renaming['warning'] {
  if (kind === 'host' && !places.some(({ side }) => side === 'target')) return undefined;
  const tag = kind === 'policy' ? `rawsend:${name}:HOST` : `rawsend:POLICY:${name}`;
  return {
    label: `Holds keep the old name ${name}`,
    description: `Holds that are tagged ${tag} stay on the hosts. No run releases them under the new name, and what they hold cannot be destroyed: rename when no run is pending, and release them by hand.`,
  };
}
