/** Compares the hosts before and after the steps of a job: what the target will hold, what is gone, what changes at the source. */
import type { Dataset, State } from '../model/state';
import { isKeyLoaded } from '../model/keys';
import { subtree } from '../model/tree';
import type { Afterwards, DatasetAfterwards, Hold, SourceAfterwards } from '../plan/afterwards';
import type { Job } from '../plan/plan';
import type { Inventory } from '../zfs/inventory';
import { destroyed } from './destroyed';
import { changed, onlyIn } from './histories';
import type { Played, States } from './play-steps';

export interface Foreseen {
  readonly job: Job;
  readonly inventories: Readonly<Record<string, Inventory>>;
  readonly before: States;
  readonly played: Played;
}

export function aftermath(foreseen: Foreseen): Afterwards {
  const { job, before, played } = foreseen;
  const { stop, states: after } = played;
  const isKnown = stop?.reason !== 'unknown';
  return {
    ...(stop && { stop }),
    target: isKnown ? targetAfterwards(before[job.target.host], after[job.target.host], job.target.dataset) : [],
    source: isKnown
      ? sourceAfterwards(before[job.source.host], after[job.source.host], job.source.dataset)
      : { snapshots: [], holds: [], releases: [] },
    destroys: destroyed(foreseen),
  };
}

function targetAfterwards(
  before: State | undefined,
  after: State | undefined,
  top: string,
): readonly DatasetAfterwards[] {
  if (before === undefined || after === undefined) return [];
  return subtree(after, top).map((dataset) => {
    const { name, crypto, snapshots, mount } = dataset;
    const old = before.datasets.get(name);
    const newest = snapshots.at(-1)?.name;
    return {
      name,
      isNew: old === undefined,
      ...(newest !== undefined && { newestSnapshot: newest }),
      snapshots: snapshots.length,
      newSnapshots: onlyIn(snapshots, old?.snapshots ?? []).length,
      ...(crypto && {
        encryptionRoot: crypto.root,
        keyStatus: isKeyLoaded(after, dataset) ? ('available' as const) : ('unavailable' as const),
      }),
      ...(crypto?.keyLocation !== undefined && { keyLocation: crypto.keyLocation }),
      mounted: mount !== undefined,
    };
  });
}

function sourceAfterwards(before: State | undefined, after: State | undefined, top: string): SourceAfterwards {
  if (before === undefined || after === undefined) return { snapshots: [], holds: [], releases: [] };
  const pairs = subtree(after, top).flatMap((dataset) => {
    const old = before.datasets.get(dataset.name);
    return old === undefined || old === dataset ? [] : [{ old, dataset }];
  });
  const taken = pairs.flatMap(({ old, dataset }) =>
    onlyIn(dataset.snapshots, old.snapshots).map(({ name }) => `${dataset.name}@${name}`),
  );
  return {
    snapshots: taken,
    holds: pairs.flatMap(({ old, dataset }) => holdsOnlyIn(dataset, old)),
    releases: pairs.flatMap(({ old, dataset }) => holdsOnlyIn(old, dataset)),
  };
}

function holdsOnlyIn(dataset: Dataset, other: Dataset): readonly Hold[] {
  const held = changed(dataset.snapshots, other.snapshots).filter(({ holds }) => Object.keys(holds).length > 0);
  return held.flatMap(({ name, guid, holds }) => {
    const elsewhere = other.snapshots.find((snapshot) => snapshot.guid === guid)?.holds;
    return Object.keys(holds)
      .filter((tag) => elsewhere?.[tag] === undefined)
      .map((tag) => ({ tag, snapshot: `${dataset.name}@${name}` }));
  });
}
