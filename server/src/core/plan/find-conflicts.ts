import { versionConflicts } from './guard';
import { lineageConflicts } from './lineage-conflicts';
import { nameConflicts } from './name-conflicts';
import type { Conflict } from './plan';
import type { Situation } from './situation';
import { sourceConflicts } from './source-conflicts';
import { supportConflicts } from './support-conflicts';
import { targetConflicts } from './target-conflicts';

/** Everything that forbids a run, all at once: a reader wants to repair it in one go. */
export function findConflicts(situation: Situation): readonly Conflict[] {
  return [
    versionConflicts,
    supportConflicts,
    sourceConflicts,
    targetConflicts,
    lineageConflicts,
    nameConflicts,
  ].flatMap((find) => find(situation));
}
