import type { Command } from '../../zfs/command';
import { isKept, withoutSnapshots } from '../destroy/destroy-snapshots';
import { openProblem } from '../names';
import { omit } from '../omit';
import { done, failed, notModelled } from '../outcome';
import type { Outcome } from '../outcome';
import type { Dataset, Snapshot, State } from '../state';
import { change, clonesOf, findSnapshot, mustFind } from '../tree';

/** `zfs rollback [-r] SNAPSHOT`. */
export function rollback(state: State, { flags, operands }: Command): Outcome {
  if (flags['destroyClones']) return notModelled('zfs rollback -R');
  const [full = ''] = operands;
  const problem = openProblem(state, full, 'snapshot');
  const snapshot = findSnapshot(state, full);
  if (problem !== undefined || snapshot === undefined) return failed(state, problem ?? '');
  const [name = ''] = full.split('@');
  const dataset = mustFind(state, name);
  const newer = dataset.snapshots.slice(dataset.snapshots.indexOf(snapshot) + 1);
  const bookmarks = dataset.bookmarks.filter((each) => each.createtxg > snapshot.createtxg);
  const younger = [...newer.map((each) => `${name}@${each.name}`), ...bookmarks.map((each) => `${name}#${each.name}`)];
  if (younger.length > 0 && !flags['destroyNewer']) {
    return failed(state, [
      `cannot rollback to '${full}': more recent snapshots or bookmarks exist`,
      "use '-r' to force deletion of the following snapshots and bookmarks:",
      ...younger,
    ]);
  }
  if (newer.some((each) => clonesOf(state, `${name}@${each.name}`).length > 0))
    return notModelled('zfs rollback -r over a snapshot that is cloned');
  const held = newer.find((each) => isKept(state, `${name}@${each.name}`));
  if (held) return failed(withoutFree(state, name, snapshot), `cannot destroy '${name}@${held.name}': dataset is busy`);
  return done(change(state, name, (before) => rolledBack(before, snapshot)));
}

/** What a rollback destroys before it fails on a held snapshot: everything newer that is not held. */
function withoutFree(state: State, name: string, snapshot: Snapshot): State {
  const { snapshots } = mustFind(state, name);
  const free = snapshots.filter(
    (each) => each.createtxg > snapshot.createtxg && !isKept(state, `${name}@${each.name}`),
  );
  const left = withoutSnapshots(
    state,
    free.map((each) => `${name}@${each.name}`),
  );
  return change(left, name, (each) => ({ ...each, bookmarks: olderBookmarks(each, snapshot) }));
}

const olderBookmarks = ({ bookmarks }: Dataset, snapshot: Snapshot): Dataset['bookmarks'] =>
  bookmarks.filter((each) => each.createtxg <= snapshot.createtxg);

/** The dataset as it was at a snapshot; what is newer is gone. */
function rolledBack(dataset: Dataset, snapshot: Snapshot): Dataset {
  const snapshots = dataset.snapshots.slice(0, dataset.snapshots.findIndex((each) => each.guid === snapshot.guid) + 1);
  return {
    ...omit(dataset, 'lacksAccounting'),
    ...(snapshot.lacksAccounting && { lacksAccounting: true }),
    snapshots,
    bookmarks: olderBookmarks(dataset, snapshot),
    referenced: snapshot.referenced,
    directories: snapshot.directories ?? [],
    written: 0,
  };
}
