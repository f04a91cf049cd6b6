/** Names that ZFS makes of several values: each is right by itself, and together they are longer than it takes. */
import type { PathSpans } from '../yaml/path-spans';
import { MAX_NAME_LENGTH } from '../zfs/name-rules';
import type { PolicyProblem } from './problem';
import { problem } from './problem';
import type { Draft } from './read-drafts';

/** What a run adds to the prefix: its time, and the end of the snapshot that gives datasets their encryption root. */
const LONGEST_TIME = '2026-11-23T020000Z-adopt';

export function checkNames(spans: PathSpans, { policy, isSound }: Draft): readonly PolicyProblem[] {
  const path = ['policies', policy.name];
  const sides = (['source', 'target'] as const).filter((side) => isSound(side) && spans.node([...path, side]));
  return sides.flatMap((side) => {
    const { prefix } = policy.snapshots;
    const length = `${policy[side].dataset}@${prefix}${LONGEST_TIME}`.length;
    if (length <= MAX_NAME_LENGTH) return [];
    const message = `its snapshots would have names of ${length} characters and ZFS takes ${MAX_NAME_LENGTH}: a prefix of ${prefix.length} and a time of ${LONGEST_TIME.length} come after the dataset, so choose a shorter one`;
    return [problem('policy-names', spans.nearest([...path, side]), message)];
  });
}
