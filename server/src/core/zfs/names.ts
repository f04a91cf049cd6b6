/**
 * Names of ZFS things. A branded name in hand is one that ZFS accepts; only the parsers here make them.
 * What exists is another question, which only a host answers.
 */
import type { Result } from '../result';
import { ok } from '../result';
import { checkComponent, checkDataset, checkLength, refuse } from './name-rules';
import type { NameProblem } from './name-rules';

export type { NameProblem, NameProblemCode } from './name-rules';

declare const brand: unique symbol;
type Branded<Name extends string> = string & { readonly [brand]: Name };

export type DatasetName = Branded<'dataset'>;
/** `dataset@snapshot` */
export type SnapshotName = Branded<'snapshot'>;
/** `dataset#bookmark` */
export type BookmarkName = Branded<'bookmark'>;

/** Parses `pool` or `pool/a/b`. */
export function parseDatasetName(text: string): Result<DatasetName, NameProblem> {
  return branded<'dataset'>(checkDataset(text));
}

/** Parses `dataset@snapshot`. */
export function parseSnapshotName(text: string): Result<SnapshotName, NameProblem> {
  return branded<'snapshot'>(checkVersion(text, '@', 'snapshot'));
}

/** Parses `dataset#bookmark`. */
export function parseBookmarkName(text: string): Result<BookmarkName, NameProblem> {
  return branded<'bookmark'>(checkVersion(text, '#', 'bookmark'));
}

/** The pool of a dataset, snapshot or bookmark. */
export function poolOf(name: string): string {
  return name.split(/[/@#]/, 1)[0] ?? name;
}

/** The dataset above, or undefined for a pool's root dataset. */
export function parentOf(dataset: string): string | undefined {
  const slash = dataset.lastIndexOf('/');
  return slash < 0 ? undefined : dataset.slice(0, slash);
}

/** What a dataset lies in, from its parent up to its pool. */
export function ancestorsOf(name: string): readonly string[] {
  const parent = parentOf(name);
  return parent === undefined ? [] : [parent, ...ancestorsOf(parent)];
}

/** True for the ancestor itself and everything below it. */
export function isWithin(dataset: string, ancestor: string): boolean {
  return dataset === ancestor || dataset.startsWith(`${ancestor}/`);
}

/** Moves a dataset from below `from` to the same place below `to`; throws when it is not within `from`. */
export function rebase(dataset: string, from: string, to: string): string {
  if (!isWithin(dataset, from)) throw new Error(`${dataset} is not within ${from}`);
  return to + dataset.slice(from.length);
}

export interface VersionParts {
  readonly dataset: string;
  /** The part after the delimiter. */
  readonly name: string;
}

/** Splits `dataset@snapshot`; undefined when there is no `@`. */
export function snapshotParts(snapshot: string): VersionParts | undefined {
  return partsAt(snapshot, '@');
}

/** Splits `dataset#bookmark`; undefined when there is no `#`. */
export function bookmarkParts(bookmark: string): VersionParts | undefined {
  return partsAt(bookmark, '#');
}

function partsAt(text: string, delimiter: '@' | '#'): VersionParts | undefined {
  const at = text.indexOf(delimiter);
  return at < 0 ? undefined : { dataset: text.slice(0, at), name: text.slice(at + 1) };
}

function checkVersion(text: string, delimiter: '@' | '#', what: string): Result<string, NameProblem> {
  const parts = partsAt(text, delimiter);
  if (parts === undefined) {
    return refuse('missing-delimiter', text.length, `this is no ${what}: write DATASET${delimiter}NAME`);
  }
  const dataset = checkDataset(parts.dataset);
  if (!dataset.ok) return dataset;
  const name = checkComponent(parts.name, parts.dataset.length + 1, what);
  return name.ok ? checkLength(text) : name;
}

function branded<Name extends string>(checked: Result<string, NameProblem>): Result<Branded<Name>, NameProblem> {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the one place where a checked text becomes a name
  return checked.ok ? ok(checked.value as Branded<Name>) : checked;
}
