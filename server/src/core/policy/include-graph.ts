/** Which files a policy file is made of. Their texts are given: nothing is read here. */
import type { Result } from '../result';
import type { Span } from '../text/span';
import type { YamlNode, YamlTree } from '../yaml/yaml-tree';
import { readYaml } from '../yaml/read-yaml';
import { parseIncludePath, resolveInclude } from './include-paths';

/** What a policy file may include, as far as somebody has read it. Plain data. */
export interface IncludedFiles {
  /** Where the policy file stands, which need not exist: an absolute path, or a URI that is not escaped, with `/`. */
  readonly path: string;
  /** By such paths: the text, or why there is none. */
  readonly files: ReadonlyMap<string, Result<string, Unread>>;
}

export interface Unread {
  /** To be put behind the name, e.g. `does not exist`. */
  readonly reason: string;
  /** What to do, where that is not to correct the path. */
  readonly advice?: string;
}

/** For a text that is looked at by itself. */
export const NOT_INCLUDED: IncludedFiles = { path: '/', files: new Map() };

/** Files beside the policy file itself. */
export const MOST_FILES = 32;
const MOST_LEVELS = 8;

export interface IncludeItem {
  readonly written: string;
  readonly span: Span;
}

/** The items that are paths. What is wrong with the others is told by the schema. */
export const includesOf = (text: string): readonly IncludeItem[] =>
  // Most files include nothing, and a key is hardly ever written with escapes.
  text.includes('include') ? includeItems(readYaml(text).root) : [];

function includeItems(root: YamlNode | undefined): readonly IncludeItem[] {
  const list = root?.entries.get('include')?.node;
  if (list?.kind !== 'list') return [];
  return [...list.entries.values()].flatMap(({ node: { value, span } }) =>
    typeof value === 'string' && parseIncludePath(value).ok ? [{ written: value, span }] : [],
  );
}

/** An item, and the file that it means. */
export interface IncludeEdge extends IncludeItem {
  readonly path: string;
}

export interface GraphFile {
  readonly text: string;
  readonly tree: YamlTree;
  readonly edges: readonly IncludeEdge[];
}

export interface IncludeGraph {
  /** What was read; the policy file itself is the first. */
  readonly files: ReadonlyMap<string, GraphFile>;
  /** What somebody has still to read. */
  readonly unread: readonly string[];
  /** Items of the policy file that lead to more than is read; with what is too much where that is not told of one before. */
  readonly excess: ReadonlyMap<IncludeEdge, string | undefined>;
}

export const readIncludeGraph = (text: string, included: IncludedFiles): IncludeGraph =>
  follow(text, included, (part, path) => {
    const tree = readYaml(part);
    return { text: part, tree, edges: edgesOf(path, includeItems(tree.root)) };
  });

const edgesOf = (path: string, items: readonly IncludeItem[]): readonly IncludeEdge[] =>
  items.map((item) => ({ ...item, path: resolveInclude(path, item.written) }));

type HasEdges = Pick<GraphFile, 'edges'>;

interface Followed<File extends HasEdges> extends Pick<IncludeGraph, 'unread' | 'excess'> {
  readonly files: ReadonlyMap<string, File>;
}

/** Follows the items level by level, so that the files that are too many are those that are farthest. */
function follow<File extends HasEdges>(
  text: string,
  { path, files: given }: IncludedFiles,
  read: (text: string, path: string) => File,
): Followed<File> {
  const root = read(text, path);
  const files = new Map([[path, root]]);
  const unread: string[] = [];
  const excess = new Map<IncludeEdge, string | undefined>();
  const seen = new Set([path]);
  let level = root.edges.map((edge) => ({ first: edge, edge }));
  for (let depth = 1; level.length > 0; depth++) {
    const next: typeof level = [];
    for (const { first, edge } of level) {
      if (seen.has(edge.path)) continue;
      const tooMuch = refuseMore(depth, seen.size);
      if (tooMuch !== undefined && !excess.has(first))
        excess.set(first, [...excess.values()].includes(tooMuch) ? undefined : tooMuch);
      if (tooMuch !== undefined) continue;
      seen.add(edge.path);
      const found = given.get(edge.path);
      if (found === undefined) unread.push(edge.path);
      if (found?.ok !== true) continue;
      const file = read(found.value, edge.path);
      files.set(edge.path, file);
      next.push(...file.edges.map((inner) => ({ first, edge: inner })));
    }
    level = next;
  }
  return { files, unread, excess };
}

function refuseMore(depth: number, count: number): string | undefined {
  if (depth > MOST_LEVELS) return `files that are more than ${MOST_LEVELS} levels deep`;
  return count > MOST_FILES ? `more than ${MOST_FILES} files` : undefined;
}

/** All that a text includes, read level by level; `path` is where it stands, as in `IncludedFiles`. Each file is asked for once. */
export async function gatherIncluded(
  path: string,
  text: string,
  read: (path: string) => Promise<Result<string, Unread>>,
): Promise<IncludedFiles> {
  const files = new Map<string, Result<string, Unread>>();
  const included = { path, files };
  for (let unread = unreadFiles(text, included); unread.length > 0; unread = unreadFiles(text, included)) {
    const texts = await Promise.all(unread.map(read));
    for (const [index, found] of texts.entries()) files.set(unread[index] ?? '', found);
  }
  return included;
}

/** The files that `parsePolicy` would want of a text and does not have yet. */
export const unreadFiles = (text: string, included: IncludedFiles): readonly string[] =>
  text.includes('include')
    ? follow(text, included, (part, path) => ({ edges: edgesOf(path, includesOf(sectionText(part) ?? part)) })).unread
    : [];

/**
 * The lines of `include` alone, so that not all of a folder is parsed at each keystroke; undefined where the rest of the text
 * may have a say in them.
 */
function sectionText(text: string): string | undefined {
  const [first, ...others] = text.matchAll(/^include[ \t]*:.*$/gm);
  if (first === undefined || others.length > 0) return undefined;
  const after = text.slice(first.index + first[0].length);
  const [below = ''] = /^(?:\r?\n(?:[ \t#\]-].*)?)*/.exec(after) ?? [];
  return /[&*]/.test(first[0] + below) ? undefined : first[0] + below;
}

/** The shortest way from one file to another along their items, both of them included; undefined where there is none. */
export function wayThrough({ files }: IncludeGraph, from: string, to: string): readonly string[] | undefined {
  const seen = new Set([from]);
  let ways: (readonly string[])[] = [[from]];
  while (ways.length > 0) {
    const next: (readonly string[])[] = [];
    for (const way of ways) {
      const last = way.at(-1) ?? from;
      if (last === to) return way;
      for (const { path } of files.get(last)?.edges ?? []) {
        if (!seen.has(path)) next.push([...way, path]);
        seen.add(path);
      }
    }
    ways = next;
  }
  return undefined;
}
