import type { Draft, Draw } from './draft';
import {
  drawClone,
  drawCreate,
  drawDestroyDataset,
  drawMount,
  drawRename,
  drawRollback,
  drawWrite,
} from './draw-datasets';
import { drawChangeKey, drawKey, drawKeyLocation } from './draw-keys';
import { drawInherit, drawSet, drawSetMountpoint } from './draw-properties';
import {
  drawBookmark,
  drawDestroyBookmark,
  drawDestroySnapshot,
  drawHold,
  drawRenameSnapshot,
  drawSnapshot,
} from './draw-snapshots';
import { drawFull, drawIncrement, drawResume } from './draw-streams';

/** How often each is drawn, beside the others. */
const DRAWS: readonly (readonly [weight: number, draw: Draw])[] = [
  [11, drawSnapshot],
  [24, drawIncrement],
  [12, drawFull],
  [9, drawWrite],
  [16, drawResume],
  [4, drawSet],
  [3, drawCreate],
  [3, drawHold],
  [3, drawInherit],
  [3, drawDestroySnapshot],
  [3, drawKey],
  [3, drawMount],
  [2, drawBookmark],
  [2, drawRename],
  [2, drawRenameSnapshot],
  [2, drawRollback],
  [2, drawChangeKey],
  [1, drawKeyLocation],
  [1, drawSetMountpoint],
  [1, drawClone],
  [1, drawDestroyDataset],
  [1, drawDestroyBookmark],
];

const TABLE: readonly Draw[] = DRAWS.flatMap(([weight, draw]) => Array.from({ length: weight }, () => draw));

/** A name that a receive gave has the number of its process in it, which nobody can know beforehand. */
export function drawLine(draft: Draft): string | undefined {
  const line = draft.random.pick(TABLE)(draft);
  return line?.includes('recv-') ? undefined : line;
}
