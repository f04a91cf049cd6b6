/** Completion of what only hosts and the ssh configuration know, out of what was read before: nothing is asked here. */
import { span } from '../text/span';
import { isWithin } from '../zfs/names';
import type { Dataset } from '../zfs/inventory';
import { createPathSpans } from '../yaml/path-spans';
import type { YamlNode } from '../yaml/yaml-tree';
import { readYaml } from '../yaml/read-yaml';
import { addEntries } from './add-entries';
import type { CompletionEntry } from './complete-policy';
import type { CursorPlace } from './cursor-place';
import { withoutHalfTyped } from './cursor-place';
import { includedHosts } from './included-hosts';
import type { Known } from './known';
import { inventoryOf } from './known';
import { summariseDataset } from './live-state';

/** What is known for a cursor of a text. */
export interface KnownPlace {
  readonly text: string;
  readonly offset: number;
  readonly cursor: CursorPlace;
  readonly known: Known;
}

/** Datasets behind `HOST:`. */
export function datasetEntries({ text, offset, cursor: { prefix }, known }: KnownPlace): CompletionEntry[] {
  const colon = prefix.indexOf(':');
  const typed = prefix.slice(colon + 1);
  const datasets = inventoryOf(known, prefix.slice(0, colon))?.datasets ?? [];
  const word = wordAround(text, offset, typed.length, DATASET);
  return datasets.map((dataset) => entry('dataset', dataset.name, summariseDataset(dataset), word));
}

/** Aliases that are no hosts of the file yet: whoever chooses one has it declared in the same step. */
export function undeclaredEntries({ text, offset, cursor: { prefix }, known }: KnownPlace): CompletionEntry[] {
  const hosts = declaredHosts(text);
  const word = wordAround(text, offset, prefix.length, ALIAS);
  const colon = text.startsWith(':', word.end) ? '' : ':';
  const included = includedHosts(text, known.included);
  return newHosts(known, hosts).flatMap((alias) => {
    if (included.has(alias)) return [];
    const also = hosts && addEntries(text, hosts, [{ key: alias, value: `{ ssh: ${alias} }` }]);
    if (also === undefined) return [];
    return {
      ...entry('alias', alias, `${OF_SSH} It is added to \`hosts\`.`, word),
      edit: { span: word, newText: alias + colon },
      also,
    };
  });
}

const declaredHosts = (text: string): YamlNode | undefined =>
  readYaml(withoutHalfTyped(text)).root?.entries.get('hosts')?.node;

const newHosts = ({ aliases }: Known, hosts: YamlNode | undefined): readonly string[] =>
  aliases.filter((alias) => hosts?.entries.has(alias) !== true && HOST_NAME.test(alias));

/** Beginnings of snapshots, children, aliases: everything that is no endpoint. */
export function knownEntries(place: KnownPlace): CompletionEntry[] {
  const { path, kind } = place.cursor;
  const [section, , ...keys] = path;
  if (section === 'hosts') return hostEntries(place);
  if (section !== 'policies' || kind !== 'value') return [];
  if (keys.join('.') === 'snapshots.prefix') return prefixEntries(place);
  return keys[0] === 'exclude' && keys.length <= 2 ? childEntries(place) : [];
}

function hostEntries(place: KnownPlace): CompletionEntry[] {
  const { text, offset, cursor, known } = place;
  const { path, prefix, kind } = cursor;
  if (path.length === 3 && path[2] === 'ssh' && kind === 'value') {
    const typed = prefix.slice(prefix.lastIndexOf('@') + 1);
    const word = wordAround(text, offset, typed.length, ALIAS);
    return known.aliases.map((alias) => entry('alias', alias, OF_SSH, word));
  }
  if (path.length !== 1 || kind !== 'key') return [];
  const word = wordAround(text, offset, prefix.length, ALIAS);
  const isKey = text.startsWith(':', word.end);
  return newHosts(known, declaredHosts(text)).map((alias) => ({
    ...entry('alias', alias, OF_SSH, word),
    edit: { span: word, newText: isKey ? alias : `${alias}: { ssh: ${alias} }` },
  }));
}

const OF_SSH = 'A host of the ssh configuration of this machine.';

function prefixEntries(place: KnownPlace): CompletionEntry[] {
  const { text, offset, cursor } = place;
  const source = sourceOf(place);
  const counts = new Map<string, number>();
  for (const { name } of source?.dataset?.snapshots ?? []) {
    const [beginning = ''] = /^\D+/.exec(name) ?? [];
    if (beginning !== '' && beginning !== name) counts.set(beginning, (counts.get(beginning) ?? 0) + 1);
  }
  const word = wordAround(text, offset, cursor.prefix.length, ALIAS);
  return [...counts].map(([beginning, count]) =>
    entry('prefix', beginning, `${count} of the snapshots of \`${source?.dataset?.name ?? ''}\` begin so.`, word),
  );
}

function childEntries(place: KnownPlace): CompletionEntry[] {
  const { text, offset, cursor } = place;
  const { datasets = [], dataset: source } = sourceOf(place) ?? {};
  if (source === undefined) return [];
  const children = datasets.filter(({ name }) => name !== source.name && isWithin(name, source.name));
  const word = wordAround(text, offset, cursor.prefix.length, DATASET);
  return children.map((child) =>
    entry('dataset', child.name.slice(source.name.length + 1), summariseDataset(child), word),
  );
}

interface Source {
  readonly datasets: readonly Dataset[];
  readonly dataset?: Dataset | undefined;
}

/** The source of the policy that the cursor is in; where what is being typed hides it, the one that stands before it. */
function sourceOf({ text, offset, cursor: { path }, known }: KnownPlace): Source | undefined {
  for (const part of [withoutHalfTyped(text), text.slice(0, offset)]) {
    const written = createPathSpans(part, readYaml(part)).node([...path.slice(0, 2), 'source'])?.value;
    const colon = typeof written === 'string' ? written.indexOf(':') : -1;
    if (typeof written !== 'string' || colon < 0) continue;
    const datasets = inventoryOf(known, written.slice(0, colon))?.datasets ?? [];
    return { datasets, dataset: datasets.find(({ name }) => name === written.slice(colon + 1)) };
  }
  return undefined;
}

const entry = (
  kind: CompletionEntry['kind'],
  label: string,
  documentation: string,
  word: CompletionEntry['edit']['span'],
): CompletionEntry => ({ label, kind, documentation, edit: { span: word, newText: label } });

const DATASET = /^[\w./:-]*/;
const ALIAS = /^[\w.-]*/;
const HOST_NAME = /^[A-Za-z0-9][\w.-]{0,63}$/;

/** From what was typed to the end of the word that the offset is in. */
function wordAround(text: string, offset: number, typed: number, letters: RegExp) {
  const [rest = ''] = letters.exec(text.slice(offset, offset + 256)) ?? [];
  return span(offset - typed, offset + rest.length);
}
