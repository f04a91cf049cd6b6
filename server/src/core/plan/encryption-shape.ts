import type { Dataset } from '../zfs/inventory';
import { isWithin, parentOf, rebase } from '../zfs/names';
import type { Expectation } from './plan';
import type { Pair, Situation } from './situation';

/**
 * The encryption root that a source dataset's copy must have. A root above the source's top dataset is not
 * replicated, so the target's top dataset takes its place: a raw stream always makes its top a root.
 */
export function expectedRoot(situation: Situation, source: Dataset): string | undefined {
  const { policy } = situation;
  const root = source.encryptionRoot;
  if (root === undefined) return undefined;
  return isWithin(root, policy.source.dataset)
    ? rebase(root, policy.source.dataset, policy.target.dataset)
    : policy.target.dataset;
}

/**
 * Datasets that have, or will have once their stream is in, another encryption root than the source's shape
 * asks for. A dataset that is received by its own raw stream becomes its own root.
 */
export function pendingAdoption(situation: Situation): readonly Pair[] {
  return situation.pairs.filter((pair) => {
    const root = pair.target === undefined ? pair.targetName : pair.target.encryptionRoot;
    return root !== expectedRoot(situation, pair.source);
  });
}

/**
 * The source datasets from which `-R -i` streams adopt what is pending: the parents, without those below
 * another. A stream's own top dataset is never made to inherit, so a pending dataset itself will not do.
 * The nearest parent touches the fewest encryption roots, whose keylocation such a stream overwrites.
 */
export function adoptionTops(pending: readonly Pair[]): readonly string[] {
  const parents = new Set(pending.flatMap((pair) => parentOf(pair.source.name) ?? []));
  return [...parents].filter((one) => ![...parents].some((other) => other !== one && isWithin(one, other))).toSorted();
}

/** The target datasets among `pairs` that must be encryption roots. */
export function expectedRoots(situation: Situation, pairs: readonly Pair[]): readonly string[] {
  return pairs
    .filter((pair) => expectedRoot(situation, pair.source) === pair.targetName)
    .map((pair) => pair.targetName);
}

/** Roots whose keylocation is not what the policy says, e.g. because a run died right after an adoption. */
export function strayKeyLocations({ pairs, policy }: Situation): readonly string[] {
  return pairs.flatMap(({ target }) =>
    target !== undefined && target.encryptionRoot === target.name && target.keyLocation !== policy.keys.location
      ? [target.name]
      : [],
  );
}

/** What a run that brings a pair to a snapshot has to prove of it. */
export function expectationOf(situation: Situation, pair: Pair, snapshot: string): Expectation {
  const encryptionRoot = expectedRoot(situation, pair.source);
  return {
    source: pair.source.name,
    target: pair.targetName,
    kind: pair.source.kind,
    snapshot,
    ...(encryptionRoot === undefined ? {} : { encryptionRoot }),
  };
}
