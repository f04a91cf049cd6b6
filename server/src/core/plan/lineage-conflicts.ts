import { quote } from '../shell/quote';
import type { Bookmark } from '../zfs/inventory';
import type { Broken } from './diff-lineage';
import type { Conflict } from './plan';
import type { Pair, Situation } from './situation';

/** Why the target's history cannot be built on. */
export function lineageConflicts(situation: Situation): readonly Conflict[] {
  return situation.pairs.flatMap((pair) => {
    if (pair.lineage.kind === 'broken') {
      const conflict = CONFLICTS[pair.lineage.reason](pair, pair.lineage);
      return [pair.lineage.base === undefined ? conflict : withForce(situation, conflict)];
    }
    return isModified(pair) ? [withForce(situation, modified(pair))] : [];
  });
}

/** Where the policy allows a rollback, what stands in the way is that no plan destroys anything yet. */
function withForce({ policy }: Situation, conflict: Conflict): Conflict {
  if (policy.receive.force !== 'rollback') return conflict;
  const message = `${conflict.message}; receive.force allows a rollback, but Rawsend does not roll back by itself yet`;
  return { ...conflict, code: 'unsupported', message };
}

const CONFLICTS: Readonly<Record<Broken['reason'], (pair: Pair, broken: Broken) => Conflict>> = {
  ivset: ({ source, targetName }, broken) => ({
    code: 'diverged',
    subject: `${targetName}@${broken.witness.name}`,
    message:
      `${targetName}@${broken.witness.name} has the guid of the source's snapshot but another ivsetguid ` +
      `(target ${shown(broken.witness)}, source ${shown(broken.counterpart)}): it was received by a non-raw send, ` +
      `and no raw increment of ${source.name} fits onto it any more`,
    choices: [...back(targetName, broken), anew(targetName)],
  }),
  guid: ({ source, targetName }, broken) => ({
    code: 'diverged',
    subject: `${targetName}@${broken.witness.name}`,
    message:
      `${targetName}@${broken.witness.name} is not the snapshot that the source has under that name ` +
      `(guid ${broken.witness.guid} at the target, ${broken.counterpart?.guid ?? 'none'} at the source): ` +
      `${source.name} was rolled back or made anew, and the two histories have parted`,
    choices: [...back(targetName, broken), anew(targetName)],
  }),
  foreign: ({ targetName }, broken) => ({
    code: 'foreign-snapshot',
    subject: `${targetName}@${broken.witness.name}`,
    message:
      `${list(targetName, broken)} came after the last snapshot that both sides share` +
      `${broken.base === undefined ? '' : ` (@${broken.base.version.name})`} and is unknown to the source: it was taken at the target, ` +
      'or the source has lost it, by a rollback or a destroy, and no increment can be received over it',
    choices: [
      ...back(targetName, broken),
      anew(targetName),
      'Where it was taken at the target: stop whatever takes snapshots on the replica',
    ],
  }),
  'no-base': ({ source, targetName }, broken) => ({
    code: 'no-base',
    subject: targetName,
    message:
      `no snapshot or bookmark of ${source.name} has the lineage of a snapshot of ${targetName}, ` +
      `whose newest is @${broken.newer[0]?.name ?? ''}: the common base was pruned at the source, or it is another dataset`,
    choices: [anew(targetName)],
  }),
};

/** A replica that was written to; a first stream that was cut has written, but nothing to compare with. */
const isModified = ({ target, lineage }: Pair): boolean => lineage.kind === 'based' && (target?.written ?? 0) > 0;

function modified({ targetName, target }: Pair): Conflict {
  const last = target?.snapshots.at(-1)?.name ?? '';
  return {
    code: 'modified',
    subject: targetName,
    message: `${targetName} was written to after @${last}: no increment can be received over it`,
    choices: [
      `Look at what was written, then give it up: \`${quote(['zfs', 'rollback', `${targetName}@${last}`])}\``,
      'Keep the replica unmounted, or readonly from its first receive on',
    ],
  };
}

function back(targetName: string, { base, newer }: Broken): readonly string[] {
  if (base === undefined) return [];
  const lost = newer.map(({ name }) => `@${name}`).join(', ');
  return [
    `Go back to the last snapshot that both sides share: \`${quote(['zfs', 'rollback', '-r', `${targetName}@${atTarget(base.version)}`])}\`, which destroys ${lost} there`,
  ];
}

/** Names agree unless someone renamed a snapshot; the choice is for people to check anyway. */
const atTarget = (version: Bookmark): string => version.name;

const anew = (targetName: string): string =>
  `Keep what is there and begin anew beside it: \`${quote(['zfs', 'rename', targetName, `${targetName}-old`])}\` at the target, then run again`;

const shown = (version: Bookmark | undefined): string => version?.ivsetguid ?? 'none';

function list(targetName: string, { newer }: Broken): string {
  const [first, ...more] = newer.toReversed().map(({ name }) => name);
  return `${targetName}@${first ?? ''}${more.length === 0 ? '' : ` (and ${more.length} more)`}`;
}
