import type { Pair, Relay, Situation } from './situation';
import { cannotExclude } from './stream-steps';

/** What the reader should know of a chain before approving: what is not sent onward, and what has to come before it is. */
export function relayNotes(situation: Situation, relay: Relay, waiting: readonly Pair[]): readonly string[] {
  return [
    ...awaited(relay),
    ...behind(situation, relay),
    ...leftOut(situation, relay),
    ...pending(situation, relay, waiting),
  ];
}

function awaited({ bringer, anchor, awaited: pairs }: Relay): readonly string[] {
  const [first, ...others] = pairs.map(({ source }) => source.name);
  if (first === undefined) return [];
  const more = others.length === 0 ? '' : ` (and ${others.length} more)`;
  return [
    `the newest snapshot of ${bringer.name} has not come to ${first}${more} yet: @${anchor ?? ''}, which all have, is what is sent`,
  ];
}

const GONE = 'was removed or excluded at the first source, or has come in part only';

function behind({ target }: Situation, { anchor, behind: found }: Relay): readonly string[] {
  return found.map(
    ({ pair, last }) =>
      `${pair.source.name} has no @${anchor ?? ''}: it ${GONE}; ${pair.targetName} on ${target.host} is kept and goes up to @${last}`,
  );
}

function leftOut({ target }: Situation, { anchor, leftOut: pairs }: Relay): readonly string[] {
  return pairs.map(
    ({ source, targetName, target: there }) =>
      `${source.name} has no @${anchor ?? ''}: it ${GONE}, and is not sent; ${
        there === undefined ? `${target.host} has no copy of it` : `${targetName} on ${target.host} is kept as it is`
      }`,
  );
}

function pending(situation: Situation, { bringer, anchor = '' }: Relay, waiting: readonly Pair[]): readonly string[] {
  const [first, ...others] = waiting.map(({ targetName }) => targetName);
  if (first === undefined) return [];
  const { policy, source } = situation;
  const more = others.length === 0 ? '' : ` (and ${others.length} more)`;
  const what = `${first}${more} is not below the encryption root that it has at the source yet, so its key is loaded for it alone`;
  return [
    cannotExclude(situation, policy.source.dataset, anchor)
      ? `${what}: the stream that changes that has to leave out what the policy excludes, which zfs ${source.zfsVersion.userland} of ${source.host} cannot; exclude the same in ${bringer.name}, or bring ${source.host} to 2.2`
      : `${what}: that takes two snapshots which all of the source have and the target has not, and the next that ${bringer.name} brings is the second`,
  ];
}
