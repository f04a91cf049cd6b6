import type { Policy } from '../policy/policy';
import { isWithin } from '../zfs/names';
import type { Conflict } from './plan';
import type { Situation } from './situation';

/** What the plan does not know how to do, or what contradicts the intent: refused rather than guessed. */
export function supportConflicts(situation: Situation): readonly Conflict[] {
  const { policy } = situation;
  const policyConflicts = POLICY_LIMITS.filter((limit) => limit.hits(policy)).map(({ message, choice }) =>
    unsupported(policy.name, message, choice),
  );
  return [...policyConflicts, ...strayRoots(situation), ...inheritingTop(situation)];
}

interface Limit {
  readonly hits: (policy: Policy) => boolean;
  readonly message: string;
  readonly choice: string;
}

const POLICY_LIMITS: readonly Limit[] = [
  {
    hits: (policy) => !policy.send.raw,
    message: 'send.raw is false, and Rawsend plans raw replication only',
    choice: 'Set send.raw to true',
  },
  {
    hits: (policy) => policy.receive.mount,
    message: 'receive.mount is true, and Rawsend plans receives that mount nothing',
    choice: 'Set receive.mount to false, and mount a standby by hand when it is needed',
  },
  {
    hits: (policy) => policy.keys.location !== 'prompt',
    message:
      'keys.location is not prompt: a replica that finds its key by itself is unlocked at the next import with -l',
    choice: 'Set keys.location to prompt',
  },
  {
    hits: (policy) => policy.intent === 'vault' && policy.keys.load !== 'never',
    message: 'keys.load is not never, but the intent is vault: a vault never has keys',
    choice: 'Set keys.load to never, or the intent to standby',
  },
  {
    hits: (policy) => policy.intent === 'vault' && !cannotMount(policy),
    message: 'the policy sets neither mountpoint: none nor canmount: off or noauto, so the vault could be mounted',
    choice: 'Add mountpoint: none to receive.set',
  },
];

/** `mountpoint` is inherited and `canmount` is set on every dataset as it is made, so either covers the tree. */
function cannotMount({ receive }: Policy): boolean {
  const { mountpoint, canmount } = receive.set;
  return mountpoint === 'none' || canmount === 'off' || canmount === 'noauto';
}

/**
 * A clone keeps the encryption root of its origin, which need not stand above it. A copy would be made to inherit
 * from its parent, whose key does not open it (measured on 2.3.2).
 */
function strayRoots({ pairs }: Situation): readonly Conflict[] {
  return pairs
    .filter(({ source }) => source.encryptionRoot !== undefined && !isWithin(source.name, source.encryptionRoot))
    .map(({ source }) =>
      unsupported(
        source.name,
        `${source.name} is a clone whose encryption root ${source.encryptionRoot} does not stand above it: its copy would inherit a key that does not open it`,
        'Exclude it, or give it its own key with `zfs change-key` at the source',
      ),
    );
}

/** Only a key that is loaded at the target could make it a root of its own again. */
function inheritingTop({ policy, target }: Situation): readonly Conflict[] {
  const top = target.datasets.find(({ name }) => name === policy.target.dataset);
  const root = top?.encryptionRoot;
  if (root === undefined || root === policy.target.dataset) return [];
  const message = `${policy.target.dataset} inherits its key from ${root}, but a raw replica is its own encryption root`;
  return [
    unsupported(policy.target.dataset, message, 'Find out who changed its key, or choose another target dataset'),
  ];
}

function unsupported(subject: string, message: string, choice: string): Conflict {
  return { code: 'unsupported', subject, message, choices: [choice] };
}
