/** Checks of `-o PROPERTY=VALUE`, and what setting changes. */
import { notModelled } from './outcome';
import { findProperty, isUserProperty } from './property-table';
import type { PropertyRule } from './property-table';
import type { Dataset, Release } from './state';

export interface Assignment {
  readonly name: string;
  readonly value: string;
}

export function parseAssignment(text: string): Assignment {
  const equals = text.indexOf('=');
  if (equals < 0) return notModelled(`the option -o ${text}`);
  const name = text.slice(0, equals);
  return { name: findProperty(name)?.name ?? name, value: text.slice(equals + 1) };
}

export const assignmentsOf = (flag: true | string | readonly string[] | undefined): readonly Assignment[] =>
  Array.isArray(flag) ? flag.map(parseAssignment) : typeof flag === 'string' ? [parseAssignment(flag)] : [];

const UNITS: Readonly<Record<string, number>> = { K: 10, M: 20, G: 30, T: 40, P: 50 };

/** `10G` → bytes; undefined when it is no size. */
export function parseSize(text: string): number | undefined {
  if (text === 'none') return 0;
  const match = /^(\d+(?:\.\d+)?)([KMGTP]?)(?:i?B)?$/i.exec(text);
  if (match === null) return undefined;
  return Math.round(Number(match[1]) * 2 ** (UNITS[(match[2] ?? '').toUpperCase()] ?? 0));
}

/** In mebibytes. */
const LARGEST_RECORD: Readonly<Record<Release, number>> = { '2.1': 1, '2.3': 16 };

const isRecordSize = (size: number, release: Release): boolean =>
  Number.isInteger(Math.log2(size)) && size >= 512 && size <= LARGEST_RECORD[release] * 2 ** 20;

/** The value as it is kept, or what zfs says of it (zfs_valid_proplist of libzfs_dataset.c). */
export function checkedValue(
  dataset: Pick<Dataset, 'kind' | 'crypto' | 'name'> | undefined,
  { name, value }: Assignment,
  release: Release,
): { readonly value: string } | { readonly problem: string } {
  if (isUserProperty(name)) return { value };
  const rule = findProperty(name) ?? notModelled(`the property ${name}`);
  if (rule.kind !== 'settable') return { problem: `'${rule.name}' is readonly` };
  if (dataset && !rule.on.includes(dataset.kind))
    return { problem: `'${rule.name}' does not apply to datasets of this type` };
  if (rule.name === 'keylocation' && dataset) return keyLocation(dataset, value);
  return checkedWord(rule, value, release);
}

function checkedWord(
  rule: PropertyRule,
  value: string,
  release: Release,
): { readonly value: string } | { readonly problem: string } {
  if (rule.format === 'size' || rule.format === 'bytes') {
    const size = parseSize(value);
    if (rule.name === 'recordsize' && size !== undefined && !isRecordSize(size, release))
      return { problem: `'recordsize' must be power of 2 from 512B to ${LARGEST_RECORD[release]}M` };
    return size === undefined ? { problem: `bad numeric value '${value}'` } : { value: String(size) };
  }
  if (rule.name === 'mountpoint' && !/^(?:none|legacy|\/.*)$/.test(value))
    return { problem: `'mountpoint' must be an absolute path, 'none', or 'legacy'` };
  const spelled = ((release === '2.1' ? rule.in21?.spelled : undefined) ?? rule.spelled)?.[value];
  if (spelled !== undefined) return { value: spelled };
  const words = wordsOf(rule, release);
  const isTaken = rule.takes ? rule.takes.test(value) : (words?.includes(value) ?? true);
  if (words && !isTaken) return { problem: `'${rule.name}' must be one of '${words.join(' | ')}'` };
  return { value };
}

const wordsOf = ({ values, in21 }: PropertyRule, release: Release): readonly string[] | undefined =>
  release === '2.1' ? values?.filter((word) => in21?.without?.includes(word) !== true) : values;

/** `none` is looked at by its own rules. */
export const isKeyLocation = (text: string): boolean => /^(?:prompt|(?:file|https?):\/\/.+)$/.test(text);

/** Section e of the facts: a root's location is never none, only a root has one, an unencrypted dataset's is none. */
function keyLocation(
  { crypto, name }: Pick<Dataset, 'crypto' | 'name'>,
  value: string,
): { readonly value: string } | { readonly problem: string } {
  const unfit = unfitLocation(value, { crypto });
  if (unfit !== undefined) return { problem: unfit };
  const isOfRoot = crypto === undefined || crypto.root === name;
  return isOfRoot ? { value } : { problem: 'keylocation may only be set on encryption roots' };
}

/** What is wrong with a key's location, by itself or for the dataset that is there. */
export function unfitLocation(value: string, dataset?: { readonly crypto?: unknown }): string | undefined {
  if (value !== 'none' && !isKeyLocation(value)) return 'invalid keylocation';
  if (dataset === undefined || (dataset.crypto === undefined) === (value === 'none')) return undefined;
  return value === 'none'
    ? "keylocation must not be 'none' for encrypted datasets"
    : "keylocation must be 'none' for unencrypted datasets";
}
