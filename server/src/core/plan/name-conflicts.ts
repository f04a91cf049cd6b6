/**
 * Names that a run would make and ZFS would refuse, half way through a tree: that of a snapshot counts with its dataset, a child's is longer
 * than its parent's, and one that fits at the source need not fit below the target.
 */
import { countOf } from '../text/count-of';
import { MAX_NAME_LENGTH } from '../zfs/name-rules';
import { adoptionAnchor, chooseAnchor } from './anchor';
import { pendingAdoption } from './encryption-shape';
import type { Conflict } from './plan';
import type { Pair, Situation } from './situation';

/** One for each side, of the longest name: whoever makes room for that has made it for all. */
export function nameConflicts(situation: Situation): readonly Conflict[] {
  const { policy, source, target, pairs } = situation;
  const made = madeBy(situation);
  const here = pairs.flatMap((pair) => made.map((snapshot) => `${pair.source.name}@${snapshot}`));
  const there = pairs.flatMap((pair) =>
    [...made, ...arriving(situation, pair)].map((snapshot) => `${pair.targetName}@${snapshot}`),
  );
  const shorter = 'or a shorter `snapshots.prefix` where the snapshot is one of this policy';
  return [
    ...tooLong(here, `zfs snapshot refuses it on ${source.host}`, `Choose a shorter name for the dataset, ${shorter}`),
    ...tooLong(
      there,
      `it cannot be received on ${target.host}`,
      `Choose a shorter target than ${policy.target.dataset}, ${shorter}`,
    ),
  ];
}

/** The snapshots that the run takes itself. */
function madeBy(situation: Situation): readonly string[] {
  const anchor = chooseAnchor(situation);
  return [
    ...(anchor.isNew ? [anchor.name] : []),
    ...(pendingAdoption(situation).length > 0 ? [adoptionAnchor(situation)] : []),
  ];
}

/** What the source has and the run would bring. */
function arriving({ policy }: Situation, { source, lineage }: Pair): readonly string[] {
  if (lineage.kind !== 'new' && lineage.kind !== 'based') return [];
  const base = lineage.kind === 'based' ? BigInt(lineage.base.version.createtxg) : -1n;
  const newer = source.snapshots.filter(({ createtxg }) => BigInt(createtxg) > base);
  return (policy.send.intermediates ? newer : newer.slice(-1)).map(({ name }) => name);
}

function tooLong(names: readonly string[], what: string, choice: string): readonly Conflict[] {
  const refused = names.filter((name) => name.length > MAX_NAME_LENGTH);
  const [longest] = refused.toSorted((a, b) => b.length - a.length);
  if (longest === undefined) return [];
  const more =
    refused.length === 1
      ? ''
      : `; ${countOf(refused.length - 1, 'more name')} ${refused.length === 2 ? 'is' : 'are'} too long`;
  return [
    {
      code: 'name-too-long',
      subject: longest,
      message: `${longest} would be a name of ${longest.length} characters and ZFS takes ${MAX_NAME_LENGTH}, so ${what}${more}`,
      choices: [choice],
    },
  ];
}
