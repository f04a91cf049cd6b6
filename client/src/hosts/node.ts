import type { Bookmark, Dataset, HostItem, Inventory, Pool, Snapshot } from '../../../server/src/protocol';
import { unreachable } from '../unreachable';

/** A row of the hosts view. */
export type Node =
  | HostNode
  | BrokenNode
  | PoolNode
  | DatasetNode
  | { readonly kind: 'snapshot'; readonly parent: PoolNode | DatasetNode; readonly snapshot: Snapshot }
  | { readonly kind: 'bookmark'; readonly parent: PoolNode | DatasetNode; readonly bookmark: Bookmark }
  | MoreNode
  | { readonly kind: 'failure'; readonly parent: HostNode; readonly message: string }
  | RetryNode
  | { readonly kind: 'empty'; readonly parent: HostNode };

export interface HostNode {
  readonly kind: 'host';
  readonly host: HostItem;
}

/** A policy file with mistakes, in the place of its hosts. */
export interface BrokenNode {
  readonly kind: 'broken';
  readonly uri: string;
}

/** A pool stands for its root dataset too. */
export interface PoolNode {
  readonly kind: 'pool';
  readonly parent: HostNode;
  readonly pool: Pool;
  readonly dataset: Dataset;
  readonly inventory: Inventory;
}

export interface DatasetNode {
  readonly kind: 'dataset';
  readonly parent: HostNode;
  readonly dataset: Dataset;
  readonly inventory: Inventory;
}

export interface RetryNode {
  readonly kind: 'retry';
  readonly parent: HostNode;
}

export interface MoreNode {
  readonly kind: 'more';
  readonly parent: PoolNode | DatasetNode;
  readonly hidden: number;
}

/** Names a row for as long as what it stands for exists, so that the view keeps its expanded rows. */
export function idOf(node: Node): string {
  switch (node.kind) {
    case 'host':
      return `${node.host.uri} ${node.host.name}`;
    case 'broken':
      return node.uri;
    case 'pool':
      return `${idOf(node.parent)} pool ${node.pool.name}`;
    case 'dataset':
      return `${idOf(node.parent)} dataset ${node.dataset.name}`;
    case 'snapshot':
      return `${idOf(node.parent)}@${node.snapshot.name}`;
    case 'bookmark':
      return `${idOf(node.parent)}#${node.bookmark.name}`;
    case 'more':
    case 'failure':
    case 'retry':
    case 'empty':
      return `${idOf(node.parent)} ${node.kind}`;
    default:
      return unreachable(node);
  }
}
