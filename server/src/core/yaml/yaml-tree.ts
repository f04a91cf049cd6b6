/**
 * YAML text as a tree of values with their places. Aliases and merge keys are followed within bounds, nothing throws,
 * and a part that cannot be read does not hide the others. What the keys mean is no business of this file.
 */
import { Composer, Parser, isAlias, isMap, isScalar } from 'yaml';
import type { Alias, Pair, ParsedNode, YAMLMap, YAMLSeq } from 'yaml';
import { LONGEST_TEXT } from '../text/longest-text';
import type { Span } from '../text/span';
import { span } from '../text/span';
import type { Problem } from './problem';
import { problem, show } from './problem';
import { tokenDepth } from './token-depth';
import { syntaxProblems } from './yaml-problems';

export interface YamlTree {
  /** Absent for an empty text and for one that was not read at all. */
  readonly root?: YamlNode;
  readonly problems: readonly Problem[];
  /** Every place where the syntax is broken, also those that `problems` leaves out as consequences. */
  readonly damage: readonly Span[];
}

export interface YamlNode {
  /** Plain data; objects have no prototype. */
  readonly value: unknown;
  /** Without trailing white space; empty where the value is missing. That of the alias where there is one. */
  readonly span: Span;
  /** Of a map by key, of a list by index. */
  readonly entries: ReadonlyMap<string, YamlEntry>;
  readonly kind: 'scalar' | 'map' | 'list';
  /** Written as `{}` or `[]`. */
  readonly flow: boolean;
  /** Of a map: where the first key stands, be it a merge key. */
  readonly firstKey?: Span;
}

export interface YamlEntry {
  /** The key's own place; for an item of a list the item's. */
  readonly key: Span;
  readonly node: YamlNode;
  /** Where it was written, if that is another file: the places here are then those of what brings it. */
  readonly from?: EntrySource;
}

export interface EntrySource {
  readonly path: string;
  /** The key of the top level that it stands under. */
  readonly section: string;
}

const MAX_DEPTH = 40;
/** Nodes read by way of aliases. A file of ours needs some hundreds; a bomb wants billions. */
const MAX_ALIASED = 10_000;
/** Aliases within aliases. */
const MAX_CHAIN = 8;
const BOMB = 'aliases make this file grow beyond what it can mean, and the rest is not read: write the values out';

/** Reads a text as a whole: see `readYaml`. */
export function readTree(text: string): YamlTree {
  const unread = (message: string): YamlTree => {
    const whole = span(0, Math.min(text.length, 1));
    return { problems: [problem(whole, message)], damage: [span(0, text.length)] };
  };
  if (text.length > LONGEST_TEXT) return unread('the file is larger than 1 MB and is not read: split it');
  const tokens = [...new Parser().parse(text)];
  // The composer recurses, and a text of brackets alone can take the whole process with it.
  if (tokenDepth(tokens) > MAX_DEPTH)
    return unread(`the file is nested deeper than ${MAX_DEPTH} levels and is not read`);
  const options = { uniqueKeys: false, prettyErrors: false, merge: false } as const;
  const [document, second] = [...new Composer(options).compose(tokens, true, text.length)];
  if (document === undefined) return { problems: [], damage: [] };
  const syntax = syntaxProblems(text, document, second?.range[0]);
  const reader = new TreeReader(text);
  const root = document.contents === null ? undefined : reader.read(document.contents);
  return {
    ...(root === undefined ? {} : { root }),
    problems: [...syntax.problems, ...reader.problems],
    damage: [...syntax.damage, ...reader.damage],
  };
}

/** One walk in document order, so that an alias finds the anchor that stands before it. */
class TreeReader {
  readonly problems: Problem[] = [];
  /** Aliases that stand for nothing. */
  readonly damage: Span[] = [];
  private readonly anchors = new Map<string, ParsedNode>();
  /** Anchored nodes that are being read; an alias of one is a circle. */
  private readonly open = new Set<ParsedNode>();
  /** Aliases that are being followed. */
  private chain = 0;
  private aliased = 0;

  constructor(private readonly text: string) {}

  read(node: ParsedNode | null, at = 0): YamlNode {
    if (node === null) return leaf(null, span(at, at));
    const place = this.trim(node.range);
    if (this.chain > 0) this.aliased++;
    if (isAlias(node)) return this.readAlias(node.source, place);
    if (node.anchor === undefined) return this.readValue(node, place);
    this.anchors.set(node.anchor, node);
    this.open.add(node);
    const read = this.readValue(node, place);
    this.open.delete(node);
    return read;
  }

  private readValue(node: Exclude<ParsedNode, Alias.Parsed>, place: Span): YamlNode {
    if (isScalar(node)) return leaf(node.value, place);
    return isMap(node) ? this.readMap(node, place) : this.readList(node, place);
  }

  private readList(node: YAMLSeq.Parsed, place: Span): YamlNode {
    const items = node.items.map((item) => this.read(item, place.end));
    const entries = new Map(items.map((item, index) => [String(index), { key: item.span, node: item }]));
    return { value: items.map((item) => item.value), span: place, entries, kind: 'list', flow: node.flow === true };
  }

  private readAlias(name: string, place: Span): YamlNode {
    const target = this.anchors.get(name);
    const refusal = this.refuseAlias(name, target);
    if (target === undefined || refusal !== undefined) {
      this.damage.push(place);
      // A bomb has many aliases and is one mistake.
      const known = this.problems.some((earlier) => earlier.message === BOMB);
      if (refusal !== undefined && !known) this.problems.push(problem(place, refusal));
      return leaf(null, place);
    }
    this.chain++;
    const node = this.read(target);
    this.chain--;
    return { ...node, span: place };
  }

  private refuseAlias(name: string, target: ParsedNode | undefined): string | undefined {
    if (target === undefined) return `there is no anchor ${show(`&${name}`)} before this alias: write the value out`;
    if (this.open.has(target)) return `${show(`*${name}`)} stands within what it refers to: write the value out`;
    return this.aliased > MAX_ALIASED || this.chain >= MAX_CHAIN ? BOMB : undefined;
  }

  private readMap(node: YAMLMap<ParsedNode, ParsedNode | null>, place: Span): YamlNode {
    const entries = new Map<string, YamlEntry>();
    const merged: YamlEntry[] = [];
    for (const pair of node.items) {
      const key = this.readKey(pair);
      if (key === undefined) continue;
      const value = this.read(pair.value, key.span.end);
      const entry = { key: key.span, node: value };
      const earlier = entries.get(key.name);
      if (key.name === '<<' && value.kind !== 'scalar') merged.push(entry);
      else if (earlier === undefined) entries.set(key.name, entry);
      else this.problems.push(duplicate(key.name, key.span, earlier.key));
    }
    for (const { node: source } of merged) mergeInto(entries, source);
    const [first] = node.items;
    const firstKey = first && { firstKey: this.trim(first.key.range) };
    return { value: plainObject(entries), span: place, entries, kind: 'map', flow: node.flow === true, ...firstKey };
  }

  private readKey({ key }: Pair<ParsedNode, ParsedNode | null>): { name: string; span: Span } | undefined {
    const place = this.trim(key.range);
    const name = isScalar(key) ? keyName(key.value) : undefined;
    if (name !== undefined) return { name, span: place };
    this.problems.push(problem(place, 'this cannot be a key: write a plain word before the colon'));
    return undefined;
  }

  private trim([start, end]: readonly [number, number, number]): Span {
    let last = Math.min(end, this.text.length);
    while (last > start && /\s/.test(this.text.charAt(last - 1))) last--;
    return span(Math.min(start, last), last);
  }
}

/** Of a name that stands twice in a map; `first` is where it counts. */
export function duplicate(name: string, place: Span, first: Span): Problem {
  const related = [{ span: first, message: 'the first one' }];
  return problem(place, `${show(name)} stands here twice: only one can count, so remove one of them`, { related });
}

/** `__proto__` would be no key of the object that is made of the map. */
function keyName(value: unknown): string | undefined {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return typeof value === 'string' && value !== '__proto__' ? value : undefined;
}

/** One for all: most nodes of a file are leaves. */
const NO_ENTRIES: ReadonlyMap<string, YamlEntry> = new Map();

const leaf = (value: unknown, place: Span): YamlNode => ({
  value,
  span: place,
  entries: NO_ENTRIES,
  kind: 'scalar',
  flow: false,
});

/** A key of the map itself wins over a merged one, and an earlier source over a later one (YAML merge keys). */
function mergeInto(entries: Map<string, YamlEntry>, source: YamlNode): void {
  if (source.kind === 'list') {
    for (const item of source.entries.values()) mergeInto(entries, item.node);
    return;
  }
  for (const [name, entry] of source.entries) if (!entries.has(name)) entries.set(name, entry);
}

/** The map with other entries. */
export const nodeOf = (node: YamlNode, entries: ReadonlyMap<string, YamlEntry>): YamlNode => ({
  ...node,
  value: plainObject(entries),
  entries,
});

function plainObject(entries: ReadonlyMap<string, YamlEntry>): object {
  const object: Record<string, unknown> = {};
  Object.setPrototypeOf(object, null);
  for (const [name, { node }] of entries) object[name] = node.value;
  return object;
}
