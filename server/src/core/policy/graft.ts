/**
 * What included files bring, put where it would stand if it had been written in the file that includes them. The places of
 * all that is brought are that of the item, because a problem is told in the text that is read.
 */
import type { Span } from '../text/span';
import { nodeOf } from '../yaml/yaml-tree';
import type { EntrySource, YamlEntry, YamlNode, YamlTree } from '../yaml/yaml-tree';
import type { Inclusion } from './inclusion';
import { layDefaults } from './merge-defaults';

/** The defaults of included files, one behind the other; undefined where they have none. */
export function includedDefaults(inclusions: readonly Inclusion[]): YamlNode | undefined {
  let all: YamlNode | undefined;
  for (const { brought, span, path } of inclusions) {
    if (brought?.defaults === undefined) continue;
    const defaults = moveNode(brought.defaults, { at: span, sourceOf: () => ({ path, section: 'defaults' }) });
    all = layDefaults(defaults, all);
  }
  return all;
}

export type Section = 'hosts' | 'policies';

/** A name that two files have, at the entry or the item that stands later. */
export interface Clash {
  readonly section: Section;
  readonly name: string;
  readonly place: Span;
  readonly isOwn: boolean;
  /** The files that have it; the first is the one that counts until that is mended. */
  readonly files: readonly [string, string];
}

export interface Grafted {
  readonly tree: YamlTree;
  readonly clashes: readonly Clash[];
}

/** `tree` is that of the file at `path`, with its policies as they are meant. */
export function graft(tree: YamlTree, path: string, inclusions: readonly Inclusion[]): Grafted {
  const bringing = inclusions.filter(({ brought }) => brought !== undefined);
  if (tree.root === undefined || bringing.length === 0) return { tree, clashes: [] };
  const clashes: Clash[] = [];
  const entries = new Map(tree.root.entries);
  for (const section of ['hosts', 'policies'] as const) {
    const own = entries.get(section);
    if (own !== undefined && own.node.kind !== 'map') continue;
    const all = new Map(own?.node.entries);
    for (const inclusion of bringing) addEntries({ all, path, section, clashes }, inclusion);
    const [first] = bringing;
    const base = own ?? (first && { key: first.span, node: emptyMap(first.span) });
    // What is wrong between two policies is told of the later one, and is best told of one that stands here.
    const ordered = [...all].toSorted(([, a], [, b]) => Number(a.from === undefined) - Number(b.from === undefined));
    if (base !== undefined && all.size > 0)
      entries.set(section, { ...base, node: nodeOf(base.node, new Map(ordered)) });
  }
  return { tree: { ...tree, root: nodeOf(tree.root, entries) }, clashes };
}

interface Growing {
  readonly all: Map<string, YamlEntry>;
  readonly path: string;
  readonly section: Section;
  readonly clashes: Clash[];
}

function addEntries({ all, path, section, clashes }: Growing, inclusion: Inclusion): void {
  const root = inclusion.brought?.root;
  const sourceOf = ({ key }: YamlEntry): EntrySource => ({ path: inclusion.path, section: sectionAt(root, key) });
  for (const [name, entry] of root?.entries.get(section)?.node.entries ?? []) {
    const moved = moveEntry(entry, { at: inclusion.span, sourceOf });
    const earlier = all.get(name);
    if (earlier === undefined) all.set(name, moved);
    const [first, second] = [earlier?.from?.path ?? path, moved.from?.path ?? ''];
    if (earlier === undefined || first === second) continue;
    // A file that is included by two ways has one name once.
    const isTold = clashes.some(
      (clash) => clash.name === name && clash.section === section && clash.files[1] === second,
    );
    const isOwn = earlier.from === undefined;
    if (!isTold)
      clashes.push({ section, name, place: isOwn ? earlier.key : inclusion.span, isOwn, files: [first, second] });
  }
}

interface Move {
  readonly at: Span;
  /** Of what has no source yet. */
  readonly sourceOf: (entry: YamlEntry) => EntrySource;
}

const moveEntry = (entry: YamlEntry, move: Move): YamlEntry => ({
  key: move.at,
  node: moveNode(entry.node, move),
  from: entry.from ?? move.sourceOf(entry),
});

function moveNode({ value, kind, flow, entries }: YamlNode, move: Move): YamlNode {
  const moved = [...entries].map(([name, entry]) => [name, moveEntry(entry, move)] as const);
  return { value, kind, flow, span: move.at, entries: new Map(moved) };
}

/** Where a policy has something from an alias, the section that has the anchor is named. */
function sectionAt(root: YamlNode | undefined, key: Span): string {
  for (const [name, entry] of root?.entries ?? [])
    if (entry.key.start <= key.start && key.end <= Math.max(entry.key.end, entry.node.span.end)) return name;
  return 'policies';
}

const emptyMap = (span: Span): YamlNode => ({ value: {}, span, entries: new Map(), kind: 'map', flow: false });
