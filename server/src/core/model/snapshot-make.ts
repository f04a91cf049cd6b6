import { drawGuid } from './draw-guid';
import type { Dataset, Snapshot, State, Values } from './state';

/** A snapshot of a dataset as it is now; the dataset's count of what was written begins anew. */
export function withSnapshot(
  state: State,
  dataset: Dataset,
  { name, txg, local }: { readonly name: string; readonly txg: number; readonly local: Values },
): readonly [Dataset, State] {
  const [guid, drawn] = drawGuid(state);
  const [ivsetguid, next] = dataset.crypto ? drawGuid(drawn) : [undefined, drawn];
  const snapshot: Snapshot = {
    name,
    guid,
    ...(ivsetguid !== undefined && { ivsetguid }),
    createtxg: txg,
    creation: state.now,
    referenced: dataset.referenced,
    written: dataset.written,
    holds: {},
    directories: dataset.directories,
    ...(dataset.lacksAccounting && { lacksAccounting: true }),
    local,
    received: {},
  };
  return [{ ...dataset, written: 0, snapshots: [...dataset.snapshots, snapshot] }, next];
}
