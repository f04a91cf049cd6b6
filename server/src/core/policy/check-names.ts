/** Names that ZFS makes of several values: each is right by itself, and together they are longer than it takes. */
import type { PathSpans } from '../yaml/path-spans';
import { MAX_NAME_LENGTH } from '../zfs/name-rules';
import type { PolicyProblem } from './problem';
import { problem } from './problem';
import { parseEndpoint } from './parse-names';
import type { Draft } from './read-drafts';
import { sidePaths } from './side-paths';

/** What a run adds to the prefix: its time, and the end of the snapshot that gives datasets their encryption root. */
const LONGEST_TIME = '2026-11-23T020000Z-adopt';

export function checkNames(spans: PathSpans, { policy }: Draft): readonly PolicyProblem[] {
  const { prefix } = policy.snapshots;
  const sides = (['source', 'target'] as const).flatMap((side) => sidePaths(spans, policy.entry, side));
  return sides.flatMap((path) => {
    const written = spans.node(path)?.value;
    const end = typeof written === 'string' ? parseEndpoint(written) : undefined;
    if (end?.ok !== true) return [];
    const length = `${end.value.dataset}@${prefix}${LONGEST_TIME}`.length;
    if (length <= MAX_NAME_LENGTH) return [];
    const message = `its snapshots would have names of ${length} characters and ZFS takes ${MAX_NAME_LENGTH}: a prefix of ${prefix.length} and a time of ${LONGEST_TIME.length} come after the dataset, so choose a shorter one`;
    return [problem('policy-names', spans.nearest(path), message)];
  });
}
