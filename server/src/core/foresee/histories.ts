/**
 * Comparing two histories of one dataset. What a command did not change is the same object before and after, so histories of
 * thousands are compared by where they begin to differ.
 */
import type { Snapshot } from '../model/state';

/** The snapshots that are not the same object at the same place. */
export function changed(snapshots: readonly Snapshot[], other: readonly Snapshot[]): readonly Snapshot[] {
  if (snapshots === other) return [];
  return snapshots.filter((snapshot, index) => snapshot !== other[index]);
}

/** The snapshots whose guid the other history lacks. */
export function onlyIn(snapshots: readonly Snapshot[], other: readonly Snapshot[]): readonly Snapshot[] {
  const candidates = changed(snapshots, other);
  if (candidates.length === 0) return [];
  const guids = new Set(changed(other, snapshots).map(({ guid }) => guid));
  return candidates.filter(({ guid }) => !guids.has(guid));
}
