import type { Policy } from '../policy/policy';
import { quote } from '../shell/quote';
import type { ActiveReceive, Dataset } from '../zfs/inventory';
import { isWithin, parentOf } from '../zfs/names';
import { diffLineage } from './diff-lineage';
import type { Conflict } from './plan';
import type { Pair, Situation } from './situation';

/** Why the target cannot take what the policy sends, its history apart. */
export function targetConflicts(situation: Situation): readonly Conflict[] {
  return [
    ...missingParent(situation),
    ...otherReceives(situation),
    ...loadedKeys(situation),
    ...situation.pairs.flatMap((pair) => occupied(situation, pair)),
    ...renames(situation),
  ];
}

/** `zfs receive` makes one dataset and not those above it. */
function missingParent({ policy, target }: Situation): readonly Conflict[] {
  const { dataset } = policy.target;
  const needed = parentOf(dataset) ?? dataset;
  if (target.datasets.some(({ name }) => name === needed)) return [];
  return [
    {
      code: 'target-pool-missing',
      subject: needed,
      message: `${needed} does not exist on ${target.host}, so nothing can be received into ${dataset}`,
      choices: ['Correct the target of the policy', `Import its pool, or create ${needed}`],
    },
  ];
}

/** A receive that outlived the run that began it still moves the token; whatever is planned on it would not fit. */
function otherReceives({ pairs, target }: Situation): readonly Conflict[] {
  return (target.receives ?? []).flatMap((receive) => {
    const into = pairs.find(({ targetName }) => receive.command.endsWith(` ${targetName}`));
    return into === undefined ? [] : [otherReceive(into.targetName, receive, target.host)];
  });
}

function otherReceive(targetName: string, { pid, command }: ActiveReceive, host: string): Conflict {
  return {
    code: 'another-run',
    subject: targetName,
    message: `${targetName} is being received on ${host} at this moment (process ${pid}: ${command}): another run is sending there, or one that was cut off has not ended yet`,
    choices: [
      'Wait until it has ended, then run again: one that was cut off ends within seconds, or when its connection times out',
      `End it: \`kill ${pid}\` on ${host}, which ZFS may heed only once nothing feeds it any more; what has arrived is kept, and the next run goes on from there`,
    ],
  };
}

/** A vault's whole promise is that the target has no key; a standby may have one on purpose, where it says so. */
function loadedKeys({ policy, target }: Situation): readonly Conflict[] {
  const inside = target.datasets.filter(({ name }) => isWithin(name, policy.target.dataset));
  const unlocked = policy.keys.load === 'never' ? inside.filter((dataset) => dataset.keyStatus === 'available') : [];
  const roots = [...new Set(unlocked.map((dataset) => dataset.encryptionRoot ?? dataset.name))];
  return [
    ...roots.map((root) => keyLoaded(root, policy, target.host)),
    ...(policy.intent === 'vault' ? inside.filter(isMounted).map(mounted) : []),
  ];
}

const isMounted = (dataset: Dataset): boolean => dataset.mounted;

function keyLoaded(root: string, { intent }: Policy, host: string): Conflict {
  const isVault = intent === 'vault';
  return {
    code: 'key-loaded',
    subject: root,
    message: `the key of ${root} is loaded on ${host}: ${isVault ? 'the policy is a vault, which never has keys' : 'keys.load of the policy is never'}`,
    choices: [
      `Find out who loaded it, then unload it: \`${quote(['zfs', 'unmount', root])}\` where it is mounted, \`${quote(['zfs', 'unload-key', '-r', root])}\``,
      isVault
        ? 'Declare the intent standby, with `keys: { load: manual }`, where keys may be loaded by hand'
        : 'Write `keys: { load: manual }`, where keys may be loaded by hand',
    ],
  };
}

function mounted({ name }: Dataset): Conflict {
  return {
    code: 'mounted',
    subject: name,
    message: `${name} is mounted: the policy is a vault, and a write to a replica breaks its next increment`,
    choices: [`Unmount it: \`${quote(['zfs', 'unmount', name])}\``],
  };
}

function occupied({ target }: Situation, { targetName, lineage }: Pair): readonly Conflict[] {
  if (lineage.kind !== 'occupied') return [];
  return [
    {
      code: 'target-exists',
      subject: targetName,
      message: `${targetName} exists on ${target.host} without a snapshot, so it is no replica: a full stream would need -F, which replaces it`,
      choices: [
        'Choose another target dataset',
        `Look at what it holds, then rename it: \`${quote(['zfs', 'rename', targetName, `${targetName}-old`])}\``,
      ],
    },
  ];
}

/**
 * A dataset renamed at the source is known by its history, which the old copy can go on with; sending it anew would
 * keep it twice. A copy whose history has parted was put aside on purpose.
 */
function renames({ pairs, unpaired, target }: Situation): readonly Conflict[] {
  return pairs.flatMap((pair) => {
    if (pair.lineage.kind !== 'new') return [];
    const old = unpaired.find((dataset) => diffLineage(pair.source, dataset).kind === 'based');
    return old === undefined ? [] : [renamed(pair, old.name, target.host)];
  });
}

function renamed({ source, targetName }: Pair, old: string, host: string): Conflict {
  return {
    code: 'renamed',
    subject: source.name,
    message: `${source.name} has the snapshots that the target keeps as ${old}: it was renamed at the source, and would be sent again in full`,
    choices: [
      `Rename it at the target: \`${quote(['zfs', 'rename', old, targetName])}\` on ${host}`,
      `Exclude ${source.name}, to leave ${old} as it is`,
    ],
  };
}
