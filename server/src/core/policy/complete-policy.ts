import type { TextEdit } from '../text/span';
import { contains, span } from '../text/span';
import { pathEntries } from './complete-include';
import type { KnownPlace } from './complete-known';
import { datasetEntries, knownEntries, undeclaredEntries } from './complete-known';
import type { CursorPlace } from './cursor-place';
import { cursorPlace, withoutHalfTyped } from './cursor-place';
import { formatKeyText } from '../yaml/key-text';
import { createPathSpans } from '../yaml/path-spans';
import type { SchemaPlace } from '../yaml/schema-place';
import { includedHosts } from './included-hosts';
import type { Known } from './known';
import { NOTHING_KNOWN } from './known';
import { schemaPlace } from './schema-places';
import type { YamlEntry } from '../yaml/yaml-tree';
import { readYaml } from '../yaml/read-yaml';

export interface CompletionEntry {
  readonly label: string;
  /** An alias is a host of the ssh configuration, a prefix the beginning of snapshots that are there. */
  readonly kind: 'key' | 'value' | 'host' | 'alias' | 'dataset' | 'prefix' | 'file';
  /** Markdown. */
  readonly documentation: string;
  /** A few words to be read beside the label: the default of a key, the address of a host. */
  readonly detail?: string;
  /** Replaces the whole word at the offset. */
  readonly edit: TextEdit;
  /** What it takes elsewhere in the text. */
  readonly also?: TextEdit;
}

/**
 * What can be written at an offset of a policy file: keys that are not there yet, values that can be listed, hosts, and
 * what is known of the hosts without asking them.
 */
export function completePolicy(text: string, offset: number, known: Known = NOTHING_KNOWN): readonly CompletionEntry[] {
  const cursor = cursorPlace(text, offset);
  const place = cursor && schemaPlace(cursor.path);
  if (cursor === undefined || place === undefined) return [];
  const knownPlace = { text, offset, cursor, known };
  if (isEndpoint(cursor.path))
    return cursor.prefix.includes(':')
      ? datasetEntries(knownPlace)
      : [...hostEntries(knownPlace), ...undeclaredEntries(knownPlace)];
  const listed =
    cursor.kind === 'key' && place.isSection
      ? keyEntries(text, offset, cursor, place)
      : valueEntries(text, offset, cursor, place);
  return [...listed, ...knownEntries(knownPlace), ...pathEntries(knownPlace)];
}

function keyEntries(
  text: string,
  offset: number,
  { path, prefix }: CursorPlace,
  place: SchemaPlace,
): CompletionEntry[] {
  // Behind a colon without a space YAML still reads a word, and nobody means a key.
  if (prefix.includes(':')) return [];
  const word = wordAt(text, offset, prefix);
  const around = withoutHalfTyped(text);
  const present = createPathSpans(around, readYaml(around)).node(path)?.entries;
  const missing = [...place.keys].filter(([key]) => {
    const entry = present?.get(key);
    return entry === undefined || contains(entry.key, offset);
  });
  return missing.map(([key, keyText]) => ({
    label: key,
    kind: 'key',
    documentation: keyText === undefined ? '' : formatKeyText(keyText),
    ...(keyText?.default !== undefined && { detail: `default ${keyText.default.replace(`${key}: `, '')}` }),
    edit: {
      span: word,
      newText: key + (text.startsWith(':', word.end) ? '' : afterKey(text, word.start, [...path, key])),
    },
  }));
}

/** A section goes on in the next line, one level deeper, where the key begins its line. */
function afterKey(text: string, start: number, path: readonly string[]): string {
  const indent = text.slice(Math.max(text.lastIndexOf('\n', start - 1), text.lastIndexOf('\r', start - 1)) + 1, start);
  if (schemaPlace(path)?.isSection !== true || indent.trim() !== '') return ': ';
  return `:${text.includes('\r\n') ? '\r\n' : '\n'}${indent}  `;
}

function valueEntries(text: string, offset: number, { prefix }: CursorPlace, place: SchemaPlace): CompletionEntry[] {
  const word = wordAt(text, offset, prefix);
  const about = place.text === undefined ? '' : formatKeyText(place.text);
  return place.values.map((value) => ({
    label: value,
    kind: 'value',
    documentation: place.text?.values?.[value] ?? about,
    edit: { span: word, newText: value },
  }));
}

/** By itself, or as an item of a list where the schema has one. */
const isEndpoint = ([section, , key]: readonly string[]): boolean =>
  section === 'policies' && (key === 'source' || key === 'target');

function hostEntries({ text, offset, cursor: { prefix }, known }: KnownPlace): CompletionEntry[] {
  const word = wordAt(text, offset, prefix);
  const colon = text.startsWith(':', word.end) ? '' : ':';
  return knownHosts(text, offset, known).map(([name, address]) => ({
    label: name,
    kind: 'host',
    documentation: address,
    detail: address,
    edit: { span: word, newText: name + colon },
  }));
}

/** The hosts of the file; where what is being typed hides them, those that stand before it. */
function knownHosts(text: string, offset: number, { included }: Known): [string, string][] {
  const whole = readHosts(withoutHalfTyped(text));
  const own = (whole.length > 0 ? whole : readHosts(text.slice(0, offset))).map(
    ([name, { node }]): [string, string] => {
      const ssh = node.entries.get('ssh')?.node.value;
      return [name, typeof ssh === 'string' ? ssh : 'this machine'];
    },
  );
  const names = new Set(own.map(([name]) => name));
  const others = [...includedHosts(text, included).values()].filter(({ name }) => !names.has(name));
  return [...own, ...others.map(({ name, ssh }): [string, string] => [name, ssh ?? 'this machine'])];
}

function readHosts(text: string): [string, YamlEntry][] {
  return [...(readYaml(text).root?.entries.get('hosts')?.node.entries ?? [])];
}

function wordAt(text: string, offset: number, prefix: string) {
  const [rest = ''] = /^[\w.-]*/.exec(text.slice(offset, offset + 256)) ?? [];
  return span(offset - prefix.length, offset + rest.length);
}
