/** A policy with every default spelled out, key by key in the order of the schema. */
import type { KeyText } from '../yaml/key-text';
import type { Path } from '../yaml/path-spans';
import type { SchemaPlace } from '../yaml/schema-place';
import type { YamlNode } from '../yaml/yaml-tree';
import { readYaml } from '../yaml/read-yaml';
import { relativeFile } from './include-paths';
import type { ParsedPolicy } from './parse-policy';
import { schemaPlace } from './schema-places';

/** Who says so: the policy itself, the section `defaults` of a file, or nobody. */
export type Origin = 'written' | 'defaults' | 'default';

/** One key, item of a list, or section. */
export interface SpelledKey {
  /** Below the policy; an item of a list has its index. */
  readonly path: readonly string[];
  readonly origin: Origin;
  /** Beside the file that was asked, where another one says so: that of the defaults, or that of the policy. */
  readonly file?: string;
  /** Absent for a section or a list that has something below it. */
  readonly value?: unknown;
  readonly isItem: boolean;
  readonly text?: KeyText;
}

export interface SpelledPolicy {
  /** Where the policy stands, beside the file that was asked; absent for that file itself. */
  readonly file?: string;
  readonly keys: readonly SpelledKey[];
  /** Keys that are not written and have no default, such as `transport.limit`. */
  readonly absent: readonly string[];
}

/** `name` must be a policy of a file without problems. Of one of several targets it is the whole entry. */
export function spellOut({ file, spans, path: own }: ParsedPolicy, name: string): SpelledPolicy {
  const defaults = spans.node(['defaults'])?.span;
  const keys: SpelledKey[] = [];
  const absent: string[] = [];
  const policy = file?.policies[name];
  const root: Path = ['policies', policy?.entry ?? name];
  const originOf = (path: Path): Pick<SpelledKey, 'origin' | 'file'> => {
    const entry = spans.entry([...root, ...path]);
    if (entry === undefined) return { origin: 'default' };
    const { key, from } = entry;
    if (from !== undefined)
      return { origin: from.section === 'defaults' ? 'defaults' : 'written', file: relativeFile(own, from.path) };
    const isDefault = defaults !== undefined && defaults.start <= key.start && key.end <= defaults.end;
    return { origin: isDefault ? 'defaults' : 'written' };
  };
  const add = (path: readonly string[], rest: Partial<SpelledKey>): void => {
    const text = schemaPlace([...root, ...path])?.text;
    keys.push({ path, ...originOf(path), isItem: false, ...(text === undefined ? {} : { text }), ...rest });
  };

  const visit = (path: readonly string[]): void => {
    const place = schemaPlace([...root, ...path]);
    const node = spans.node([...root, ...path]);
    const inForce = valueAt(policy, path);
    if (node === undefined && inForce === undefined) absent.push(path.join('.'));
    else if (place !== undefined && place.keys.size > 0) visitSection(path, place);
    else if (place?.isSection === true) visitRecord(path, node, inForce);
    else if (place?.isList === true || node?.kind === 'list') visitList(path, node, inForce);
    else add(path, { value: node === undefined ? stated(place, path.at(-1) ?? '') : node.value });
  };
  const visitSection = (path: readonly string[], place: SchemaPlace): void => {
    const at = keys.length;
    for (const key of place.keys.keys()) visit([...path, key]);
    const isEmpty = keys.length === at;
    if (path.length > 0) add(path, isEmpty ? { value: {} } : {});
    if (path.length > 0) keys.splice(at, 0, ...keys.splice(-1));
  };
  const visitRecord = (path: readonly string[], node: YamlNode | undefined, inForce: unknown): void => {
    const written = [...(node?.entries ?? [])].map(([key, entry]): [string, unknown] => [key, entry.node.value]);
    const values = new Map([...Object.entries(isRecord(inForce) ? inForce : {}), ...written]);
    add(path, values.size === 0 ? { value: {} } : {});
    for (const [key, value] of values) add([...path, key], { value });
  };
  const visitList = (path: readonly string[], node: YamlNode | undefined, inForce: unknown): void => {
    const written = [...(node?.entries.values() ?? [])].map((entry) => entry.node.value);
    // Only where the items are in force as they are written can one be told from the others.
    const others = (Array.isArray(inForce) ? inForce : []).filter(
      (item) => typeof item === 'string' && !written.includes(item),
    );
    add(path, written.length + others.length === 0 ? { value: [] } : {});
    for (const [index, value] of written.entries())
      add([...path, String(index)], { value, isItem: true, ...originOf(path) });
    for (const [index, value] of others.entries())
      add([...path, String(written.length + index)], { value, isItem: true, origin: 'default' });
  };

  visit([]);
  const { file: from } = originOf([]);
  return { ...(from === undefined ? {} : { file: from }), keys, absent };
}

function valueAt(value: unknown, path: Path): unknown {
  let inner = value;
  for (const step of path) inner = isRecord(inner) ? inner[String(step)] : undefined;
  return inner;
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The default as the schema states it: as it would be written, where what is in force may be in other units. */
function stated(place: SchemaPlace | undefined, key: string): unknown {
  return readYaml(place?.text?.default ?? '').root?.entries.get(key)?.node.value;
}
