/**
 * What a policy asks of people and of the clock, beside what a run can prove: how old the replica is, and when somebody last
 * tried what the intent promises. They belong to no run's proof, for none of them can be mended by a run that is under way.
 */
import type { Lineage } from '../plan/diff-lineage';
import { shownKey } from '../plan/key-changes';
import { iso, oldestAllowed } from '../plan/schedule';
import type { Pair, Relay, Situation } from '../plan/situation';
import type { Escrow, Policy, Schedule, Standby } from '../policy/policy';
import { formatAge } from '../text/format-age';
import type { Bookmark } from '../zfs/inventory';
import type { Seen } from './checks';
import type { Check } from './verification';

export function dutyChecks(situation: Situation): readonly Check[] {
  const { policy, pairs, relay } = situation;
  const { schedule, standby, escrow } = policy;
  const now = Math.floor(Date.parse(situation.now) / 1000);
  const { dataset } = policy.target;
  return [
    ...(schedule === undefined
      ? []
      : pairs.flatMap((pair) =>
          relay === undefined ? ageCheck(schedule, pair, now) : onwardCheck(policy, schedule, relay, { pair, now }),
        )),
    ...pairs.flatMap(keyCheck),
    ...(standby === undefined ? [] : [{ id: 'standby-rehearsed', dataset, ...rehearsal(standby, now) }]),
    ...(escrow === undefined ? [] : [{ id: 'restore-tested', dataset, ...restore(escrow, now) }]),
  ];
}

/** A dataset that has never been brought is a check of its own. */
function ageCheck(schedule: Schedule, { targetName, lineage }: Pair, now: number): readonly Check[] {
  if (lineage.kind !== 'based' && lineage.kind !== 'broken') return [];
  const { time, why } = oldestAllowed(schedule, now);
  const common = commonOf(lineage);
  return [
    {
      id: 'snapshot-age',
      dataset: targetName,
      ok: common !== undefined && common.creation >= time,
      expected: `a common snapshot ${why}`,
      found: common === undefined ? 'no common snapshot' : aged(common, now),
      proves: 'the last runs were not missed; not that the next one will be done',
    },
  ];
}

/**
 * From a relay a run can bring what has come there and no more, so the target may be as old as the relay is. What it lacks must not be
 * older than what two runs leave behind. When a snapshot came is not recorded; as a rule that is when it was taken.
 */
function onwardCheck(
  { snapshots }: Policy,
  schedule: Schedule,
  { bringer, anchor }: Relay,
  { pair, now }: { readonly pair: Pair; readonly now: number },
): readonly Check[] {
  const { source, targetName, lineage } = pair;
  if (lineage.kind !== 'based' && lineage.kind !== 'broken') return [];
  const { time, why } = oldestAllowed(schedule, now);
  const common = commonOf(lineage);
  const last = source.snapshots.findIndex(({ name }) => name === anchor);
  const missing = source.snapshots
    .slice(0, last + 1)
    .find(
      ({ name, createtxg }) =>
        (name === anchor || name.startsWith(snapshots.prefix)) &&
        common !== undefined &&
        BigInt(createtxg) > BigInt(common.createtxg),
    );
  return [
    {
      id: 'snapshot-age',
      dataset: targetName,
      ok: common !== undefined && (missing === undefined || missing.creation >= time),
      expected: `all snapshots of the relay but those ${why}`,
      found:
        common === undefined
          ? 'no common snapshot'
          : `@${common.name}, and ${missing === undefined ? 'the relay has none after it' : `not ${aged(missing, now)}`}`,
      proves: `the last runs were not missed; not that the relay itself is up to date, which \`rawsend verify ${bringer.name}\` tells`,
    },
  ];
}

/** Changing a key is a person's work, and what carries it over is the next increment; neither a run nor its proof fails for it. */
function keyCheck(pair: Pair): readonly Check[] {
  const shown = shownKey(pair);
  if (shown === undefined) return [];
  const expected = `the key of ${pair.source.name}`;
  return [
    {
      id: 'same-key',
      dataset: pair.targetName,
      ok: shown === 'same',
      expected,
      found:
        shown === 'same'
          ? expected
          : `another ${shown === 'format' ? 'key, of another format' : 'passphrase, or the same set again'}: it was changed since the last increment, and the next one brings that of the source`,
      proves:
        'what opens the source opens the replica, as far as its format and the salt of a passphrase show; not that anybody still knows it',
    },
  ];
}

const commonOf = (lineage: Extract<Lineage, { kind: 'based' | 'broken' }>): Bookmark | undefined =>
  lineage.base?.version;

const aged = ({ name, creation }: Bookmark, now: number): string =>
  `@${name} of ${iso(creation)}, ${formatAge(Math.max(0, now - creation))} old`;

type Duty = Seen & Pick<Check, 'proves'>;

const rehearsal = ({ keyHolders, procedure, rehearsed, every }: Standby, now: number): Duty => ({
  ...dated({ what: 'a rehearsal', day: rehearsed, every, how: `${keyHolders.join(', ')}, by ${procedure}` }, now),
  proves: 'somebody says that loading the key at the target was practised; not that it would succeed today',
});

const restore = ({ place, keeper, restored, every }: Escrow, now: number): Duty => ({
  ...dated({ what: 'a restore test', day: restored, every, how: `the key kept by ${keeper}: ${place}` }, now),
  proves: 'somebody says that a restore with the kept key was tried; not that the key is still there',
});

interface Dated {
  readonly what: string;
  readonly day: string;
  readonly every: number | undefined;
  /** Who or what did it. */
  readonly how: string;
}

/** It is tomorrow already somewhere: a day that begins within this time has begun for whoever wrote it. */
const EARLIEST = 14 * 3600;

function dated({ what, day, every, how }: Dated, now: number): Seen {
  const age = now - Date.parse(`${day}T00:00:00Z`) / 1000;
  const isAhead = age < -EARLIEST;
  return {
    ok: !isAhead && (every === undefined || age <= every),
    expected: every === undefined ? what : `${what} within ${formatAge(every)}`,
    found: `${day}, ${isAhead ? 'which is yet to come' : `${formatAge(Math.max(0, age))} ago`} (${how})`,
  };
}
