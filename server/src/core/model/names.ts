/** Opening things by name, with what zfs says when there is none. */
import { parseBookmarkName, parseDatasetName, parseSnapshotName } from '../zfs/names';
import type { State } from './state';
import { findSnapshot } from './tree';

/** `any` is everything but a bookmark. */
export type Openable = 'dataset' | 'snapshot' | 'any' | 'bookmark';

/**
 * Undefined when the name is one of a thing that exists and of the wanted kind, else the line that zfs prints (zfs_open of
 * libzfs_dataset.c and what it calls).
 */
export function openProblem(state: State, name: string, wanted: Openable): string | undefined {
  const why = nameProblem(name, wanted) ?? (exists(state, name) ? undefined : missing(name));
  return why === undefined ? undefined : `cannot open '${name}': ${why}`;
}

const missing = (_name: string): string => 'dataset does not exist';

export function exists(state: State, name: string): boolean {
  if (name.includes('@')) return findSnapshot(state, name) !== undefined;
  const [dataset = '', bookmark] = name.split('#');
  const found = state.datasets.get(dataset);
  return bookmark === undefined
    ? found !== undefined
    : (found?.bookmarks.some((entry) => entry.name === bookmark) ?? false);
}

/** Why zfs refuses a name for the kind of thing; undefined when it takes it. */
export function nameProblem(name: string, wanted: Openable): string | undefined {
  if (name.includes('@') && wanted === 'dataset') return "snapshot delimiter '@' is not expected here";
  if (name.includes('#') && wanted !== 'bookmark') return "bookmark delimiter '#' is not expected here";
  if (!name.includes('@') && wanted === 'snapshot') return "missing '@' delimiter in snapshot name";
  const parsed = name.includes('@')
    ? parseSnapshotName(name)
    : name.includes('#')
      ? parseBookmarkName(name)
      : parseDatasetName(name);
  if (parsed.ok) return undefined;
  return NAME_TEXTS[parsed.error.code]?.(name, parsed.error.offset);
}

/** The reasons of zfs_validate_name (libzfs_dataset.c). */
const NAME_TEXTS: Readonly<Record<string, (name: string, offset: number) => string>> = {
  'too-long': () => 'name is too long',
  'leading-slash': () => 'leading slash in name',
  'trailing-slash': () => 'trailing slash in name',
  'empty-component': () => "empty component or misplaced '@' or '#' delimiter in name",
  'bad-character': (name, offset) => `invalid character '${name.charAt(offset)}' in name`,
  'pool-letter': () => "pool doesn't begin with a letter",
  'dot-component': (name) =>
    name.split('/').includes('..') ? "parent reference, '..' is found in name" : "self reference, '.' is found in name",
  'internal-character': () => 'invalid character % in name',
  'pool-reserved': () => 'name is reserved',
  'unexpected-delimiter': () => "multiple '@' and/or '#' delimiters in name",
};
