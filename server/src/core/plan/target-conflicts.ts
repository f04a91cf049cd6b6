import type { Dataset } from '../zfs/inventory';
import { isWithin, parentOf } from '../zfs/names';
import type { Conflict } from './plan';
import type { Pair, Situation } from './situation';

/** Why the target cannot take what the policy sends, its history apart. */
export function targetConflicts(situation: Situation): readonly Conflict[] {
  return [
    ...missingParent(situation),
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

/** A vault's whole promise is that the target has no key; a standby may have one on purpose. */
function loadedKeys({ policy, target }: Situation): readonly Conflict[] {
  if (policy.intent !== 'vault') return [];
  const inside = target.datasets.filter(({ name }) => isWithin(name, policy.target.dataset));
  const unlocked = inside.filter((dataset) => dataset.keyStatus === 'available');
  const roots = [...new Set(unlocked.map((dataset) => dataset.encryptionRoot ?? dataset.name))];
  return [...roots.map((root) => keyLoaded(root, target.host)), ...inside.filter(isMounted).map(mounted)];
}

const isMounted = (dataset: Dataset): boolean => dataset.mounted;

function keyLoaded(root: string, host: string): Conflict {
  return {
    code: 'key-loaded',
    subject: root,
    message: `the key of ${root} is loaded on ${host}: the policy is a vault, which never has keys`,
    choices: [
      `Find out who loaded it, then unload it: \`zfs unmount ${root}\` where it is mounted, \`zfs unload-key -r ${root}\``,
      'Declare the intent standby, where keys may be loaded by hand',
    ],
  };
}

function mounted({ name }: Dataset): Conflict {
  return {
    code: 'mounted',
    subject: name,
    message: `${name} is mounted: the policy is a vault, and a write to a replica breaks its next increment`,
    choices: [`Unmount it: \`zfs unmount ${name}\``],
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
        `Look at what it holds, then rename it: \`zfs rename ${targetName} ${targetName}-old\``,
      ],
    },
  ];
}

/** A dataset renamed at the source is known by the guids of its snapshots; sending it anew would keep it twice. */
function renames({ pairs, unpaired, target }: Situation): readonly Conflict[] {
  return pairs.flatMap((pair) => {
    if (pair.lineage.kind !== 'new') return [];
    const guids = new Set(pair.source.snapshots.map(({ guid }) => guid));
    const old = unpaired.find((dataset) => dataset.snapshots.some(({ guid }) => guids.has(guid)));
    return old === undefined ? [] : [renamed(pair, old.name, target.host)];
  });
}

function renamed({ source, targetName }: Pair, old: string, host: string): Conflict {
  return {
    code: 'renamed',
    subject: source.name,
    message: `${source.name} has the snapshots that the target keeps as ${old}: it was renamed at the source, and would be sent again in full`,
    choices: [
      `Rename it at the target: \`zfs rename ${old} ${targetName}\` on ${host}`,
      `Exclude ${source.name}, to leave ${old} as it is`,
    ],
  };
}
