/** The parts of a parsed YAML file whose place in their lines a layout decides. */
import { isCollection, isMap, isNode, isScalar, isSeq, parseDocument } from 'yaml';
import type { Node, YAMLMap, YAMLSeq } from 'yaml';
import type { Flow } from './format-flow';

/** What a walk meets, in the order of the text. Offsets are those of the text. */
export interface Visitor {
  /** A key of a block map; `isSection` for one of the top level that has a block below it. */
  readonly key: (found: {
    readonly start: number;
    readonly end: number;
    readonly level: number;
    readonly isSection: boolean;
  }) => void;
  /** The dash of an item of a block list. */
  readonly dash: (offset: number, level: number) => void;
  /** A value that is no block, where it begins; `level` is that of a line of its own. */
  readonly value: (node: Node, level: number) => void;
  /** A whole flow collection: the value of a key, or an item. */
  readonly flow?: (flow: Flow, level: number) => void;
}

export function walkBlocks(text: string, visitor: Visitor): void {
  const { contents } = parseDocument(text, {
    uniqueKeys: false,
    prettyErrors: false,
    merge: false,
    keepSourceTokens: true,
  });
  if (isNode(contents)) walk(contents, 0, visitor);
}

function walk(node: Node, level: number, visitor: Visitor): void {
  if (isMap(node) && node.flow !== true) walkMap(node, level, visitor);
  else if (isSeq(node) && node.flow !== true) walkList(node, level, visitor);
  else {
    visitor.value(node, level);
    if (isMap(node) || isSeq(node)) visitor.flow?.(node, level);
  }
}

function walkMap(map: YAMLMap, level: number, visitor: Visitor): void {
  for (const { key, value } of map.items) {
    if (isScalar(key) && key.range) {
      const isSection = level === 0 && isCollection(value) && value.flow !== true;
      visitor.key({ start: key.range[0], end: key.range[1], level, isSection });
    }
    if (isNode(value)) walk(value, level + 1, visitor);
  }
}

function walkList(list: YAMLSeq, level: number, visitor: Visitor): void {
  const tokens = list.srcToken?.type === 'block-seq' ? list.srcToken.items : [];
  for (const [index, item] of list.items.entries()) {
    const dash = tokens[index]?.start.find(({ type }) => type === 'seq-item-ind');
    if (dash !== undefined) visitor.dash(dash.offset, level);
    if (isNode(item)) walk(item, level + 1, visitor);
  }
}
