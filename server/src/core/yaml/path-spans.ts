import type { Span } from '../text/span';
import { span } from '../text/span';
import type { YamlEntry, YamlNode, YamlTree } from './yaml-tree';

/** Keys and list indexes from the root, e.g. `['policies', 'prod', 'exclude', 0]`. */
export type Path = readonly PropertyKey[];

/** Finds the place of every key and value of a file. */
export interface PathSpans {
  /** The value; its key where the value is missing or goes over several lines. Undefined for what is not written. */
  readonly value: (path: Path) => Span | undefined;
  readonly key: (path: Path) => Span | undefined;
  /** The place of what is written there, else the key of the deepest parent that is. */
  readonly nearest: (path: Path) => Span;
  readonly node: (path: Path) => YamlNode | undefined;
  readonly entry: (path: Path) => YamlEntry | undefined;
}

export function createPathSpans(text: string, { root }: YamlTree): PathSpans {
  const value = (path: Path): Span | undefined => {
    const entry = entryAt(root, path);
    return entry === undefined ? undefined : placeOf(text, entry);
  };
  const key = (path: Path): Span | undefined => entryAt(root, path)?.key;
  const nearest = (path: Path): Span => {
    const found = value(path);
    if (found !== undefined) return found;
    for (let length = path.length - 1; length > 0; length--) {
      const parent = key(path.slice(0, length));
      if (parent !== undefined) return parent;
    }
    return firstKey(root);
  };
  const entry = (path: Path): YamlEntry | undefined => entryAt(root, path);
  return { value, key, nearest, entry, node: (path) => (path.length === 0 ? root : entry(path)?.node) };
}

function entryAt(root: YamlNode | undefined, path: Path): YamlEntry | undefined {
  let node = root;
  let entry: YamlEntry | undefined;
  for (const step of path) {
    entry = node?.entries.get(String(step));
    if (entry === undefined) return undefined;
    node = entry.node;
  }
  return entry;
}

function placeOf(text: string, { key, node }: YamlEntry): Span {
  const { start, end } = node.span;
  return start === end || /[\r\n]/.test(text.slice(start, end)) ? key : node.span;
}

/** Where something that the file lacks altogether is reported. */
function firstKey(root: YamlNode | undefined): Span {
  const [first] = root?.entries.values() ?? [];
  return first?.key ?? root?.span ?? span(0, 0);
}
