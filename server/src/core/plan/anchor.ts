import type { Snapshot } from '../zfs/inventory';
import type { Pair, Situation } from './situation';
import { keyChanges } from './key-changes';
import { isDue } from './schedule';
import { newest } from './situation';

/** The snapshot name that a run brings every dataset to. */
export interface Anchor {
  readonly name: string;
  /** True when the run has to take it. */
  readonly isNew: boolean;
}

/**
 * The newest snapshot that the whole source shares, when nothing has been written or snapshotted since; else
 * a new one. So a run that finds nothing to do leaves no empty snapshot, and one that was cut goes on with its own. With a schedule
 * it must not be older than that: the age of the newest snapshot is how `rawsend verify` knows that the runs are done. A key that
 * was changed needs a new one too, for nothing but an increment carries it.
 */
export function chooseAnchor(situation: Situation): Anchor {
  const shared = quietSnapshot(situation);
  return shared === undefined ? { name: newAnchorName(situation), isNew: true } : { name: shared, isNew: false };
}

/** The anchor of the adoption, which comes after the other one in every order that matters. */
export function adoptionAnchor(situation: Situation): string {
  return `${newAnchorName(situation)}-adopt`;
}

/**
 * `prefix` and the UTC time to the second, e.g. `rep-2026-11-23T020000Z`: it sorts as text, and needs no quoting.
 * A name that either side already has moves on to the next free second.
 */
function newAnchorName(situation: Situation): string {
  const taken = new Set(
    situation.pairs.flatMap((pair) =>
      [...pair.source.snapshots, ...(pair.target?.snapshots ?? [])].map(({ name }) => name),
    ),
  );
  const { prefix } = situation.policy.snapshots;
  let time = Date.parse(situation.now);
  while (taken.has(prefix + stamp(time)) || taken.has(`${prefix}${stamp(time)}-adopt`)) time += 1000;
  return prefix + stamp(time);
}

/** `2026-11-23T020000Z` for Unix milliseconds. */
export function stamp(time: number): string {
  return `${new Date(time).toISOString().slice(0, 19).replaceAll(':', '')}Z`;
}

function quietSnapshot(situation: Situation): string | undefined {
  const { pairs, now } = situation;
  const { schedule } = situation.policy;
  const names = new Set(pairs.map((pair) => quietIn(pair)?.name));
  const [name] = names;
  if (names.size !== 1 || keyChanges(situation).length > 0) return undefined;
  const taken = Math.min(...pairs.map((pair) => quietIn(pair)?.creation ?? 0));
  const isLate = schedule !== undefined && isDue(schedule, taken, Date.parse(now) / 1000);
  return isLate ? undefined : name;
}

const quietIn = ({ source }: Pair): Snapshot | undefined => (source.written > 0 ? undefined : newest(source.snapshots));
