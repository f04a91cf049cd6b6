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
 * The newest two snapshots of the top decide. A run of the bringer goes dataset by dataset, parents first, and ends with all at
 * one snapshot: what has the second newest and lacks the newest is still on its way, so the second is sent. What lacks both
 * was removed or excluded at the first source, or has only begun to come: the others do not wait for it.
 */
function atRelay(situation: Situation, bringer: Policy): Situation {
  const { policy, pairs } = situation;
  const top = pairs.find(({ source }) => source.name === policy.source.dataset);
  const isPart = isWithin(bringer.target.dataset, policy.source.dataset) && bringer.target.dataset !== top?.source.name;
  const [last, before] = top === undefined || isPart ? [] : prefixed(top, policy).toReversed();
  if (last === undefined)
    return { ...situation, pairs: [], relay: { bringer, behind: [], leftOut: pairs, awaited: [] } };
  const awaited = before === undefined ? [] : pairs.filter((pair) => !has(pair, last) && has(pair, before));
  // What the target has already is not given up: an increment leads forward only.
  const isThere = pairs.some(({ target }) => target?.snapshots.some(({ guid }) => guid === last.guid) === true);
  const anchor = awaited.length > 0 && !isThere ? (before ?? last) : last;
  const rest = pairs.filter((pair) => !has(pair, anchor));
  const behind = rest.flatMap((pair) => behindOf(pair, policy));
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

/** Of one moment: snapshots of several datasets are of one run when they have one name. */
const has = ({ source }: Pair, { name }: Snapshot): boolean => source.snapshots.some((one) => one.name === name);

const prefixed = ({ source }: Pair, { snapshots: { prefix } }: Policy): readonly Snapshot[] =>
  source.snapshots.filter(({ name }) => name.startsWith(prefix));

function behindOf(pair: Pair, policy: Policy): readonly Behind[] {
  const last = newest(prefixed(pair, policy));
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
  return {
    code: 'not-brought',
    subject: dataset,
    message: isThere
      ? `${dataset} on ${source.host} has no snapshot that begins with ${prefix}: it is the target of the policy ${bringer.name}, which has not brought one yet, and nothing else takes snapshots there`
      : `${dataset} does not exist on ${source.host} yet: it is the target of the policy ${bringer.name}, which has not brought it`,
    choices:
      prefix === bringer.snapshots.prefix
        ? [run]
        : [run, `Give both policies one snapshots.prefix: ${bringer.name} has ${bringer.snapshots.prefix}`],
  };
}
