/**
 * What of a relay can be sent onward. A relay is the target of one policy and the source of the next; nothing is ever taken
 * there but holds, so what a run brings its target to is chosen among what has come.
 */
import type { Policy, PolicyFile } from '../policy/policy';
import type { Inventory, Snapshot } from '../zfs/inventory';
import { isWithin } from '../zfs/names';
import { bringerOf } from '../policy/bringer';
import type { Conflict } from './plan';
import type { Behind, Pair, Relay, Situation } from './situation';
import { newest, readSituation } from './situation';

/** The situation of a policy of a file, as a run or a verification finds it; at a relay, of what can be sent onward. */
export function situationIn(
  file: PolicyFile,
  policy: Policy,
  { source, target }: { readonly source: Inventory; readonly target: Inventory },
  now: string,
): Situation {
  const situation = readSituation(policy, source, target, now);
  const bringer = bringerOf(file, policy);
  return bringer === undefined ? situation : atRelay(situation, bringer);
}

/**
 * A run of the bringer goes dataset by dataset, parents first, and ends with all at one snapshot, so the newest of the top is what
 * is sent. What lacks it was removed or excluded at the first source, and the others go on without it. Unless something is
 * still on its way: then what has the second newest and lacks the newest gets its own, and the second is sent.
 */
function atRelay(situation: Situation, bringer: Policy): Situation {
  const { policy, pairs } = situation;
  const top = pairs.find(({ source }) => source.name === policy.source.dataset);
  const isPart = isWithin(bringer.target.dataset, policy.source.dataset) && bringer.target.dataset !== top?.source.name;
  const [last, before] = top === undefined || isPart ? [] : endsOf(top, policy, bringer).toReversed();
  if (last === undefined)
    return { ...situation, pairs: [], relay: { bringer, behind: [], leftOut: pairs, awaited: [] } };
  const coming = before === undefined ? [] : pairs.filter((pair) => has(pair, last) || has(pair, before));
  const awaited = isUnderWay(situation, coming, last) ? coming.filter((pair) => !has(pair, last)) : [];
  // What the target has already is not given up: an increment leads forward only.
  const isThere = pairs.some(({ target }) => target?.snapshots.some(({ guid }) => guid === last.guid) === true);
  const anchor = awaited.length > 0 && !isThere ? (before ?? last) : last;
  const rest = pairs.filter((pair) => !has(pair, anchor));
  const behind = rest.flatMap((pair) => behindOf(pair, endsOf(pair, policy, bringer)));
  return {
    ...situation,
    pairs: pairs.filter((pair) => has(pair, anchor)),
    relay: {
      bringer,
      anchor: anchor.name,
      behind,
      leftOut: rest.filter((pair) => !behind.some((one) => one.pair === pair)),
      awaited: anchor === last ? [] : awaited,
    },
  };
}

/** Seconds for which a run that has left nothing behind may be one that was cut between two streams. */
const DAY = 86_400;

/**
 * A receive into the relay is at work, or was cut and keeps its token. Without either, a run may have ended between two streams:
 * then what lacks the newest is all that comes last. After a day nobody waits for that any more.
 */
function isUnderWay({ source, pairs, now }: Situation, coming: readonly Pair[], last: Snapshot): boolean {
  if (pairs.some((pair) => pair.source.resumeToken !== undefined)) return true;
  const isComing = (name: string): boolean =>
    (source.receives ?? []).some(({ command }) => command.endsWith(` ${name}`));
  if (pairs.some((pair) => isComing(pair.source.name))) return true;
  const reached = coming.findLastIndex((pair) => has(pair, last));
  const isInOrder = coming.slice(0, reached).every((pair) => has(pair, last));
  return isInOrder && Date.parse(now) / 1000 - last.creation < DAY;
}

/** Of one moment: snapshots of several datasets are of one run when they have one name. */
const has = ({ source }: Pair, { name }: Snapshot): boolean => source.snapshots.some((one) => one.name === name);

/**
 * What the target can be brought to, oldest first. A run of the bringer that finds nothing written since a snapshot of somebody
 * else's ends with that one, so the newest counts too; not where the policy wants others than the bringer's.
 */
function endsOf({ source }: Pair, policy: Policy, bringer: Policy): readonly Snapshot[] {
  const { prefix } = policy.snapshots;
  const prefixed = source.snapshots.filter(({ name }) => name.startsWith(prefix));
  const last = newest(source.snapshots);
  const isExtra = last !== undefined && last !== newest(prefixed) && isSamePrefix(policy, bringer);
  return isExtra ? [...prefixed, last] : prefixed;
}

const isSamePrefix = (policy: Policy, bringer: Policy): boolean =>
  bringer.snapshots.prefix.startsWith(policy.snapshots.prefix) ||
  policy.snapshots.prefix.startsWith(bringer.snapshots.prefix);

function behindOf(pair: Pair, ends: readonly Snapshot[]): readonly Behind[] {
  const last = newest(ends);
  const { lineage, target } = pair;
  if (last === undefined || lineage.kind !== 'based' || (target?.written ?? 0) > 0) return [];
  const isAhead = BigInt(lineage.base.version.createtxg) > BigInt(last.createtxg);
  return isAhead ? [] : [{ pair, last: last.name }];
}

/** Why a relay has nothing to send. */
export function notBrought({ policy, source }: Situation, { bringer, leftOut }: Relay): Conflict {
  const { dataset } = policy.source;
  const inside = bringer.target.dataset;
  const run = `Run it first: \`rawsend run ${bringer.name}\``;
  if (inside !== dataset && isWithin(inside, dataset))
    return {
      code: 'unsupported',
      subject: inside,
      message: `${inside} on ${source.host} is the target of the policy ${bringer.name} and only a part of ${dataset}: a snapshot of the whole would stand between ${bringer.name} and its next increment`,
      choices: [
        `Exclude it: \`exclude: [${inside.slice(dataset.length + 1)}]\`, and send it onward by a policy of its own`,
        `Replicate from ${bringer.source.host}:${bringer.source.dataset} to both targets`,
      ],
    };
  const isThere = leftOut.some((pair) => pair.source.name === dataset);
  const { prefix } = policy.snapshots;
  const isSame = isSamePrefix(policy, bringer);
  const which = isSame ? '' : ` that begins with ${prefix}`;
  return {
    code: 'not-brought',
    subject: dataset,
    message: isThere
      ? `${dataset} on ${source.host} has no snapshot${which}: it is the target of the policy ${bringer.name}, which has not brought one yet, and nothing else takes snapshots there`
      : `${dataset} does not exist on ${source.host} yet: it is the target of the policy ${bringer.name}, which has not brought it`,
    choices: isSame
      ? [run]
      : [run, `Give both policies one snapshots.prefix: ${bringer.name} has ${bringer.snapshots.prefix}`],
  };
}
