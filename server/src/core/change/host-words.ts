/** What matters of a host that a policy uses: it counts for each policy that does. */
import type { HostEntry } from '../policy/policy';
import { machineOf } from '../policy/machine-of';
import type { Changed, SafetyRow, SafetyWord, Weight } from './safety-word';

interface HostSaying {
  readonly id: string;
  readonly weight: Weight;
  readonly hits: (before: HostEntry, after: HostEntry) => boolean;
  readonly brief: (after: HostEntry) => string;
  readonly message: (before: HostEntry, after: HostEntry) => string;
}

const HOST_SAYINGS: readonly HostSaying[] = [
  {
    id: 'host-key-dropped',
    weight: 'risk',
    hits: (before, after) => before.hostKey !== undefined && after.hostKey === undefined && !after.local,
    brief: ({ name }) => `hostKey of ${name} dropped`,
    message: (_, { name }) => `${name} need not show a certain host key any more: whichever known_hosts has will do`,
  },
  {
    id: 'host-key-changed',
    weight: 'risk',
    hits: (before, after) =>
      before.hostKey !== undefined && after.hostKey !== undefined && before.hostKey !== after.hostKey,
    brief: ({ name }) => `another hostKey of ${name}`,
    message: (before, after) =>
      `${after.name} must show another host key, ${after.hostKey} (was ${before.hostKey}): compare it on the host itself, with \`ssh-keygen -l\``,
  },
  {
    id: 'host-key-required',
    weight: 'relief',
    hits: (before, after) => before.hostKey === undefined && after.hostKey !== undefined,
    brief: ({ name }) => `hostKey of ${name}`,
    message: (_, { name, hostKey }) => `${name} must show the host key ${hostKey}, or nothing is read from it`,
  },
  {
    id: 'host-address',
    weight: 'risk',
    hits: (before, after) => machineOf(before) !== machineOf(after),
    brief: ({ name }) => `another address of ${name}`,
    message: (before, after) =>
      `${after.name} is reached as ${addressOf(after)} (was ${addressOf(before)}): where that is another machine, it has neither the snapshots nor the holds of the old one`,
  },
  {
    id: 'host-elevate',
    weight: 'note',
    hits: (before, after) => before.elevate !== after.elevate,
    brief: ({ name }) => `other rights on ${name}`,
    message: (before, after) => `zfs runs ${rightsOf(after)} on ${after.name} (was ${rightsOf(before)})`,
  },
];

const addressOf = ({ local, ssh }: HostEntry): string => (local || ssh === undefined ? 'this machine' : ssh);

const rightsOf = ({ elevate }: HostEntry): string =>
  elevate === 'none' ? 'as the user who logs in' : `by ${elevate} -n`;

export const HOST_WORDS: readonly SafetyRow[] = HOST_SAYINGS.map(({ id, weight, hits, brief, message }) => ({
  id,
  weight,
  find: (changed) =>
    hostPairs(changed)
      .filter((pair) => hits(...pair))
      .map(([before, after]): Pick<SafetyWord, 'brief' | 'message'> => ({
        brief: brief(after),
        message: message(before, after),
      })),
}));

/** The same name before and after; under another name it is another host, or a renamed one, which the tag of the holds tells. */
function hostPairs({ before, after }: Changed): readonly (readonly [HostEntry, HostEntry])[] {
  const pairs = (['source', 'target'] as const).map((side) => [before.declared[side], after.declared[side]] as const);
  const isOneHost = after.declared.source.name === after.declared.target.name;
  return pairs
    .slice(isOneHost ? 1 : 0)
    .filter(([old, now]) => old.name === now.name || machineOf(old) === machineOf(now));
}
