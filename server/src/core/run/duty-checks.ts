/**
 * What a policy asks of people and of the clock, beside what a run can prove: how old the replica is, and when somebody last
 * tried what the intent promises. They belong to no run's proof, for none of them can be mended by a run that is under way.
 */
import { shownKey } from '../plan/key-changes';
import { iso, oldestAllowed } from '../plan/schedule';
import type { Pair, Situation } from '../plan/situation';
import type { Escrow, Schedule, Standby } from '../policy/policy';
import { formatAge } from '../text/format-age';
import type { Seen } from './checks';
import type { Check } from './verification';

export function dutyChecks(situation: Situation): readonly Check[] {
  const { policy, pairs } = situation;
  const { schedule, standby, escrow } = policy;
  const now = Math.floor(Date.parse(situation.now) / 1000);
  const { dataset } = policy.target;
  return [
    ...(schedule === undefined ? [] : pairs.flatMap((pair) => ageCheck(schedule, pair, now))),
    ...pairs.flatMap(keyCheck),
    ...(standby === undefined ? [] : [{ id: 'standby-rehearsed', dataset, ...rehearsal(standby, now) }]),
    ...(escrow === undefined ? [] : [{ id: 'restore-tested', dataset, ...restore(escrow, now) }]),
  ];
}

/** A dataset that has never been brought is a check of its own. */
function ageCheck(schedule: Schedule, { targetName, lineage }: Pair, now: number): readonly Check[] {
  if (lineage.kind !== 'based' && lineage.kind !== 'broken') return [];
  const { time, why } = oldestAllowed(schedule, now);
  const common = lineage.kind === 'based' ? lineage.base.version : lineage.base?.version;
  return [
    {
      id: 'snapshot-age',
      dataset: targetName,
      ok: common !== undefined && common.creation >= time,
      expected: `a common snapshot ${why}`,
      found:
        common === undefined
          ? 'no common snapshot'
          : `@${common.name} of ${iso(common.creation)}, ${formatAge(Math.max(0, now - common.creation))} old`,
      proves: 'the last runs were not missed; not that the next one will be done',
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
