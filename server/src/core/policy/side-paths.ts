/** Where the two sides of a policy are written: a target may stand by itself or in a list. */
import type { Path, PathSpans } from '../yaml/path-spans';
import type { Side } from './name-uses';
import type { Policy } from './policy';

/** Every place of an entry where an endpoint of one side is expected, also where what is written there is refused. */
export function sidePaths(spans: PathSpans, entry: string, side: Side): readonly Path[] {
  const path: Path = ['policies', entry, side];
  const node = spans.node(path);
  if (side !== 'target' || node?.kind !== 'list') return [path];
  return [...node.entries.keys()].map((index) => [...path, index]);
}

/** The place of one side of a policy that was read from this text. */
export function sidePath(spans: PathSpans, policy: Policy, side: Side): Path {
  const { host, dataset } = policy[side];
  const paths = sidePaths(spans, policy.entry, side);
  return paths.find((path) => spans.node(path)?.value === `${host}:${dataset}`) ?? ['policies', policy.entry, side];
}
