import type { Keep } from '../policy/policy';
import type { Dataset, Inventory, Snapshot } from '../zfs/inventory';
import { prunable } from './retention';
import type { Aged } from './retention';
import type { Pair, Situation } from './situation';
import { newest } from './situation';
import type { CommandDraft } from './step-draft';
import { inChunks, zfs } from './step-draft';

/** What a run adds to what is there: snapshots that it takes, and the one that both sides end with. */
export interface Added {
  readonly taken: readonly string[];
  readonly last: string;
}

/**
 * Destroys what retention does not keep, once the run is proven: of the snapshots that are there now, those with the
 * policy's prefix. Never one that is held or that a clone was made of, never the base or the snapshot that both sides end
 * with, and nothing of a dataset that the policy does not replicate: its copy may be the last one.
 */
export function pruneSteps(situation: Situation, added: Added): readonly CommandDraft[] {
  return (['source', 'target'] as const).flatMap((side) => {
    const keep = situation.policy.retention[side];
    if (keep === undefined) return [];
    const how: Pruning = { keep, added, origins: originsOn(situation[side]) };
    return situation.pairs.flatMap((pair) => PRUNERS[side](situation, pair, how));
  });
}

interface Pruning {
  readonly keep: Keep;
  readonly added: Added;
  /** Full names of what clones on that side were made of. */
  readonly origins: ReadonlySet<string>;
}

const PRUNERS = { source: pruneSource, target: pruneTarget };

function pruneSource(situation: Situation, pair: Pair, { added, ...how }: Pruning): readonly CommandDraft[] {
  const { source } = pair;
  const base = pair.lineage.kind === 'based' ? pair.lineage.base.version.guid : undefined;
  return destroySteps(situation, 'source', source, {
    ...how,
    after: [...source.snapshots, ...taken(situation, added)],
    // A relay's newest snapshot is what its bringer goes on from.
    spared: (snapshot) =>
      snapshot.guid === base ||
      snapshot.name === added.last ||
      (situation.relay !== undefined && snapshot === newest(source.snapshots)),
  });
}

/** What arrives in this run counts as kept there, and is looked at by the next one. */
function pruneTarget(situation: Situation, pair: Pair, { added, ...how }: Pruning): readonly CommandDraft[] {
  const { source, target, lineage } = pair;
  if (target === undefined || lineage.kind !== 'based') return [];
  const { version } = lineage.base;
  const newer = source.snapshots.filter(({ createtxg }) => BigInt(createtxg) > BigInt(version.createtxg));
  const arriving = situation.policy.send.intermediates ? newer : newer.filter(({ name }) => name === added.last);
  return destroySteps(situation, 'target', target, {
    ...how,
    after: [...target.snapshots, ...arriving, ...taken(situation, added)],
    spared: (snapshot) => snapshot.guid === version.guid || snapshot.name === added.last,
  });
}

const taken = ({ now }: Situation, added: Added): readonly Aged[] =>
  added.taken.map((name) => ({ name, creation: Math.floor(Date.parse(now) / 1000) }));

interface Judging extends Omit<Pruning, 'added'> {
  /** What the dataset will hold, oldest first. */
  readonly after: readonly Aged[];
  readonly spared: (snapshot: Snapshot) => boolean;
}

function destroySteps(
  situation: Situation,
  side: 'source' | 'target',
  dataset: Dataset,
  { keep, origins, after, spared }: Judging,
): readonly CommandDraft[] {
  const { policy, now } = situation;
  const own = after.filter(({ name }) => name.startsWith(policy.snapshots.prefix));
  const unwanted = new Set(prunable(own, keep, Date.parse(now) / 1000).map(({ name }) => name));
  const doomed = dataset.snapshots.filter(
    (snapshot) =>
      unwanted.has(snapshot.name) &&
      snapshot.holds.length === 0 &&
      // To zfs destroy these are a list and a range; no name has them, and a wrong one would destroy others.
      !/[,%]/.test(snapshot.name) &&
      !origins.has(`${dataset.name}@${snapshot.name}`) &&
      !spared(snapshot),
  );
  return inChunks(doomed.map(({ name }) => name)).map((names) => ({
    kind: 'command',
    purpose: 'destroy',
    host: policy[side].host,
    title: `Destroy ${names.length === 1 ? 'one snapshot' : `${names.length} snapshots`} of ${dataset.name} that retention.${side} does not keep: ${listed(names)}`,
    command: zfs('destroy', {}, [`${dataset.name}@${names.join(',')}`]),
    tolerates: [],
    afterProof: true,
  }));
}

/** zfs refuses to destroy what a clone was made of, and the others of the same command with it. */
const originsOn = ({ datasets }: Inventory): ReadonlySet<string> =>
  new Set(datasets.flatMap(({ origin }) => origin ?? []));

/** All of them stand in the command. */
function listed(names: readonly string[]): string {
  const [first = '', last = ''] = [names[0], names.at(-1)];
  return names.length <= 3 ? names.map((name) => `@${name}`).join(', ') : `@${first} to @${last}`;
}
