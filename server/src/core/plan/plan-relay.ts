/**
 * The steps of a policy whose source another policy brings. Nothing is taken there: every dataset goes up to the newest snapshot that
 * all have, and an adoption goes between that one and the newest before it that all below the parent have.
 */
import { isWithin } from '../zfs/names';
import type { Snapshot } from '../zfs/inventory';
import { holdSteps, holdStepsOf, keyLocationSteps, releaseSteps, repairSteps } from './command-steps';
import { adoptionTops, expectationOf, expectedRoots, pendingAdoption, strayKeyLocations } from './encryption-shape';
import type { Expectation } from './plan';
import { pruneSteps } from './prune-steps';
import { relayNotes } from './relay-notes';
import type { Behind, Pair, Relay, Situation } from './situation';
import { holdTag } from './situation';
import type { Decision, StepDraft } from './step-draft';
import { adoptStreamFromRelay, cannotExclude, streamsToAnchor } from './stream-steps';

export function planRelay(situation: Situation, relay: Relay): Decision {
  const { anchor, behind } = relay;
  if (anchor === undefined) throw new Error('a relay that has nothing is a conflict');
  const { adoptions, waiting } = adoptionsBetween(situation, anchor);
  const adopted = adoptions.flatMap(({ pairs }) => expectedRoots(situation, pairs));
  const base = (pair: Pair): string => adoptions.find(({ pairs }) => pairs.includes(pair))?.from ?? anchor;
  const onTheWay = [
    ...situation.pairs.flatMap((pair) => unheldOnTheWay(situation, relay, pair, { from: base(pair), to: anchor })),
    ...behind.flatMap(({ pair, last }) => unheldOnTheWay(situation, relay, pair, { from: last, to: last })),
  ];
  const drafts: readonly StepDraft[] = [
    ...holdSteps(situation, anchor),
    ...holdStepsOf(
      situation.policy,
      onTheWay,
      `Hold what is sent before it, with the tag ${holdTag(situation.policy)}: ${relay.bringer.name} could prune it meanwhile`,
    ),
    ...behind.flatMap(({ pair, last }) => holdSteps({ ...situation, pairs: [pair] }, last)),
    ...situation.pairs.flatMap((pair) => streamsToAnchor(situation, pair, base(pair))),
    ...behind.flatMap(({ pair, last }) => streamsToAnchor(situation, pair, last)),
    ...adoptions.flatMap(({ top, pairs, from }) => [
      adoptStreamFromRelay(situation, top, from, anchor),
      ...keyLocationSteps(situation.policy, expectedRoots(situation, pairs)),
    ]),
    ...keyLocationSteps(
      situation.policy,
      strayKeyLocations(situation).filter((root) => !adopted.includes(root)),
    ),
    ...repairSteps(situation),
    ...releaseSteps(situation, anchor, onTheWay),
    ...behind.flatMap(({ pair, last }) => releaseSteps({ ...situation, pairs: [pair] }, last, [])),
    ...pruneSteps(situation, { taken: [], last: anchor }),
  ];
  return {
    drafts,
    continues: false,
    expect: [
      ...situation.pairs.map((pair) => expected(situation, pair, { anchor, waiting })),
      ...behind.map((one) => expectedBehind(situation, one)),
    ],
    notes: relayNotes(situation, relay, waiting),
  };
}

/** A `-R` stream from one snapshot of the relay to the anchor, over a dataset and all included ones below it. */
interface Adoption {
  readonly top: string;
  readonly from: string;
  readonly pairs: readonly Pair[];
}

/** Datasets whose root cannot be set right yet wait until more has come; what they hold is brought all the same. */
function adoptionsBetween(
  situation: Situation,
  anchor: string,
): { readonly adoptions: readonly Adoption[]; readonly waiting: readonly Pair[] } {
  const pending = pendingAdoption(situation);
  const adoptions = adoptionTops(pending).flatMap((top): readonly Adoption[] => {
    const pairs = situation.pairs.filter(({ source }) => isWithin(source.name, top));
    const from = cannotExclude(situation, top, anchor) ? undefined : lastCommonBefore(pairs, anchor);
    return from !== undefined && pairs.every((pair) => isBefore(pair, from)) ? [{ top, from, pairs }] : [];
  });
  const adopted = new Set(adoptions.flatMap(({ pairs }) => pairs));
  return { adoptions, waiting: pending.filter((pair) => !adopted.has(pair)) };
}

function lastCommonBefore(pairs: readonly Pair[], anchor: string): string | undefined {
  const [first, ...others] = pairs.map(({ source }) => namesBefore(source.snapshots, anchor));
  return first?.findLast((name) => others.every((names) => names.includes(name)));
}

const namesBefore = (snapshots: readonly Snapshot[], anchor: string): readonly string[] =>
  snapshots
    .slice(
      0,
      snapshots.findIndex(({ name }) => name === anchor),
    )
    .map(({ name }) => name);

/** A raw increment starts from the newest snapshot of its target, so none may have more than what the stream starts from. */
function isBefore({ source, lineage }: Pair, from: string): boolean {
  if (lineage.kind !== 'based') return true;
  const start = source.snapshots.find(({ name }) => name === from);
  return start !== undefined && BigInt(lineage.base.version.createtxg) <= BigInt(start.createtxg);
}

/**
 * What a stream that is cut, and goes on in a later run, still needs of the relay: the base of the adoption, and where the bringer
 * prunes what lies between, the snapshot that the token names. Without what is held already.
 */
function unheldOnTheWay(
  { policy }: Situation,
  { bringer }: Relay,
  { source, lineage }: Pair,
  { from, to }: { readonly from: string; readonly to: string },
): readonly string[] {
  const tag = holdTag(policy);
  const isPruned = bringer.retention.target !== undefined && policy.send.intermediates;
  const start = lineage.kind === 'based' ? BigInt(lineage.base.version.createtxg) : undefined;
  const before = source.snapshots.slice(
    0,
    source.snapshots.findIndex(({ name }) => name === to),
  );
  return before
    .filter(({ createtxg }) => start === undefined || BigInt(createtxg) >= start)
    .filter(({ name }) => name === from || isPruned)
    .filter(({ holds }) => !holds.includes(tag))
    .map(({ name }) => `${source.name}@${name}`);
}

interface Outlook {
  readonly anchor: string;
  readonly waiting: readonly Pair[];
}

/** A dataset that is received by its own stream becomes its own root; one that is there keeps the root it has. */
function expected(situation: Situation, pair: Pair, { anchor, waiting }: Outlook): Expectation {
  const whole = expectationOf(situation, pair, anchor);
  if (!waiting.includes(pair)) return whole;
  return { ...whole, rootForNow: pair.target?.encryptionRoot ?? pair.targetName };
}

const expectedBehind = (situation: Situation, { pair, last }: Behind): Expectation => ({
  ...expectationOf(situation, pair, last),
  ...(pair.target?.encryptionRoot === undefined ? {} : { rootForNow: pair.target.encryptionRoot }),
});
