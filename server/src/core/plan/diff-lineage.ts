import type { Bookmark, Dataset, Snapshot } from '../zfs/inventory';

/** What a raw increment can start from: a snapshot of the source, or a bookmark where the snapshot is gone. */
export interface Base {
  readonly kind: 'snapshot' | 'bookmark';
  readonly version: Bookmark;
}

/** How the target's history stands to the source's. */
export type Lineage =
  /** The target has no such dataset. */
  | { readonly kind: 'new' }
  /** The target holds the beginning of its first stream, and its resume token. */
  | { readonly kind: 'partial' }
  /** A dataset of that name is there, without a snapshot. */
  | { readonly kind: 'occupied' }
  /** The target's newest snapshot is known to the source: an increment fits. */
  | { readonly kind: 'based'; readonly base: Base }
  | Broken;

/** The target's newest snapshots are none that the source can build on. */
export interface Broken {
  readonly kind: 'broken';
  readonly reason: 'ivset' | 'guid' | 'foreign' | 'no-base';
  /** The target's snapshots after the base, newest first. */
  readonly newer: readonly Snapshot[];
  /** The target's snapshot that shows the reason, and the source's version of the same guid or name. */
  readonly witness: Snapshot;
  readonly counterpart?: Bookmark;
  /** The newest version that both sides share. */
  readonly base?: Base;
}

/**
 * Compares two datasets by lineage. `zfs receive` takes an increment only onto the newest snapshot of the
 * target, so anything there that is newer than the base stands in the way. Equal guids are not enough: after a
 * non-raw receive the guids still agree, and only the ivsetguid shows that raw increments no longer fit.
 */
export function diffLineage(source: Dataset, target: Dataset | undefined): Lineage {
  if (target === undefined) return { kind: 'new' };
  const last = target.snapshots.at(-1);
  if (last === undefined) return { kind: target.resumeToken === undefined ? 'occupied' : 'partial' };
  const versions = versionsOf(source);
  const newer: Snapshot[] = [];
  for (const snapshot of target.snapshots.toReversed()) {
    const base = findBase(versions, snapshot);
    if (base !== undefined) return newer.length === 0 ? { kind: 'based', base } : broken(versions, newer, last, base);
    newer.push(snapshot);
  }
  return broken(versions, newer, last);
}

/** True when two versions are the same point of one raw lineage. */
export function sameLineage(a: Bookmark, b: Bookmark): boolean {
  return a.guid === b.guid && a.ivsetguid === b.ivsetguid;
}

/** The source's versions by guid and by name: histories of thousands are compared in one pass. */
interface Versions {
  readonly snapshots: ReadonlyMap<string, Bookmark>;
  readonly bookmarks: ReadonlyMap<string, Bookmark>;
  readonly named: ReadonlyMap<string, Bookmark>;
}

function versionsOf({ snapshots, bookmarks }: Dataset): Versions {
  return {
    snapshots: new Map(snapshots.map((version) => [version.guid, version])),
    bookmarks: new Map(bookmarks.map((version) => [version.guid, version])),
    named: new Map(snapshots.map((version) => [version.name, version])),
  };
}

function findBase(versions: Versions, snapshot: Snapshot): Base | undefined {
  const held = versions.snapshots.get(snapshot.guid);
  if (held !== undefined && sameLineage(held, snapshot)) return { kind: 'snapshot', version: held };
  const marked = versions.bookmarks.get(snapshot.guid);
  return marked !== undefined && sameLineage(marked, snapshot) ? { kind: 'bookmark', version: marked } : undefined;
}

function broken(versions: Versions, newer: readonly Snapshot[], last: Snapshot, base?: Base): Broken {
  const explained = explain(versions, newer, last);
  if (base !== undefined) return { kind: 'broken', ...explained, newer, base };
  return { kind: 'broken', ...explained, reason: explained.reason === 'foreign' ? 'no-base' : explained.reason, newer };
}

type Explanation = Pick<Broken, 'reason' | 'witness' | 'counterpart'>;

/** The oldest witness is named: what came after it is its consequence. */
function explain(versions: Versions, newer: readonly Snapshot[], last: Snapshot): Explanation {
  const oldestFirst = newer.toReversed();
  for (const witness of oldestFirst) {
    const counterpart = versions.snapshots.get(witness.guid) ?? versions.bookmarks.get(witness.guid);
    if (counterpart !== undefined) return { reason: 'ivset', witness, counterpart };
  }
  for (const witness of oldestFirst) {
    const counterpart = versions.named.get(witness.name);
    if (counterpart !== undefined) return { reason: 'guid', witness, counterpart };
  }
  return { reason: 'foreign', witness: oldestFirst[0] ?? last };
}
