import type { Result } from '../result';
import { err, ok } from '../result';

export type NameProblemCode =
  | 'empty'
  | 'too-long'
  | 'leading-slash'
  | 'trailing-slash'
  | 'empty-component'
  | 'dot-component'
  | 'bad-character'
  | 'internal-character'
  | 'pool-letter'
  | 'pool-reserved'
  | 'pool-too-long'
  | 'too-deep'
  | 'unexpected-delimiter'
  | 'missing-delimiter';

/** Why ZFS refuses a name. `offset` is that of the first bad character within the name. */
export interface NameProblem {
  readonly code: NameProblemCode;
  readonly offset: number;
  readonly message: string;
}

/** ZFS_MAX_DATASET_NAME_LEN is 256 with the final NUL; a snapshot or bookmark counts with its dataset. */
export const MAX_NAME_LENGTH = 255;

/** A pool name leaves room for `/$ORIGIN@$ORIGIN`, which ZFS keeps for clones. */
const MAX_POOL_LENGTH = 239;

/** Fewer slashes than the module's default of zfs_max_dataset_nesting. */
export const MAX_NESTING = 49;

/** `zpool create` refuses every name that begins with one of these. */
const RESERVED_POOL = /^(?:mirror|raidz|draid|spare|log$)/;

const BAD_CHARACTER = /[^-A-Za-z0-9_.: ]/;

export const refuse = (code: NameProblemCode, offset: number, message: string): Result<never, NameProblem> =>
  err({ code, offset, message });

/**
 * Checks the name of a filesystem or volume, `pool/a/b`, by the rules that zfs applies when it makes one
 * (zfs_namecheck.c: entity_namecheck, pool_namecheck, dataset_nestcheck).
 */
export function checkDataset(name: string): Result<string, NameProblem> {
  if (name === '') return refuse('empty', 0, 'the dataset name is empty: write POOL or POOL/DATASET');
  if (name.startsWith('/')) return refuse('leading-slash', 0, 'a dataset name does not begin with a slash: remove it');
  if (name.endsWith('/')) {
    return refuse('trailing-slash', name.length - 1, 'a dataset name does not end with a slash: remove it');
  }
  const [pool = '', ...rest] = name.split('/');
  let offset = 0;
  for (const component of [pool, ...rest]) {
    const checked = checkPathComponent(component, offset);
    if (!checked.ok) return checked;
    offset += component.length + 1;
  }
  const checked = checkPool(pool);
  if (!checked.ok) return checked;
  if (rest.length > MAX_NESTING) {
    return refuse('too-deep', 0, `datasets nest at most ${MAX_NESTING} deep and this name has ${rest.length} slashes`);
  }
  return checkLength(name);
}

/** Checks the part after `@` or `#`, or any other single component, which stands at `offset` of the whole. */
export function checkComponent(component: string, offset: number, what: string): Result<string, NameProblem> {
  if (component === '') return refuse('empty-component', offset, `the ${what} name is empty`);
  const at = component.search(BAD_CHARACTER);
  if (at < 0) return ok(component);
  const character = String.fromCodePoint(component.codePointAt(at) ?? 0);
  if (character === '@' || character === '#') {
    const message = `\`${character}\` is not expected here: it stands once, between a dataset and a snapshot or bookmark`;
    return refuse('unexpected-delimiter', offset + at, message);
  }
  if (character === '%') {
    return refuse('internal-character', offset + at, '`%` is kept for names that ZFS makes itself, such as `%recv`');
  }
  return refuse(
    'bad-character',
    offset + at,
    `ZFS refuses ${JSON.stringify(character)} in a name: use letters, digits, space and - _ . :`,
  );
}

export function checkLength(name: string): Result<string, NameProblem> {
  return name.length <= MAX_NAME_LENGTH
    ? ok(name)
    : refuse('too-long', MAX_NAME_LENGTH, `the name has ${name.length} characters and ZFS takes ${MAX_NAME_LENGTH}`);
}

function checkPathComponent(component: string, offset: number): Result<string, NameProblem> {
  if (component === '') return refuse('empty-component', offset, 'two slashes follow each other: remove one');
  if (component === '.' || component === '..') {
    return refuse('dot-component', offset, `\`${component}\` is no dataset: ZFS has no relative names`);
  }
  return checkComponent(component, offset, 'dataset');
}

function checkPool(pool: string): Result<string, NameProblem> {
  if (!/^[A-Za-z]/.test(pool)) return refuse('pool-letter', 0, 'a pool name begins with a letter');
  if (RESERVED_POOL.test(pool)) {
    return refuse('pool-reserved', 0, `\`${pool}\` begins like a kind of vdev, and ZFS makes no pool of that name`);
  }
  return pool.length <= MAX_POOL_LENGTH
    ? ok(pool)
    : refuse('pool-too-long', MAX_POOL_LENGTH, `the pool name has more than ${MAX_POOL_LENGTH} characters`);
}
