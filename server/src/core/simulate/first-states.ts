/** The hosts as a simulation finds them: a source tree as the policy names it, and a target that has received nothing. */
import { stateOf } from '../foresee/state-of';
import type { States } from '../foresee/play-steps';
import type { Policy } from '../policy/policy';
import { emptyDataset } from '../zfs/empty-dataset';
import type { Dataset, Inventory } from '../zfs/inventory';
import { isWithin, parentOf } from '../zfs/names';

/** One, unless the policy leaves it out or is not recursive: what holds for a child holds for more of them. */
const CHILDREN = ['data'];

export function sourceTree(policy: Policy): readonly string[] {
  const { dataset } = policy.source;
  const children = CHILDREN.filter((child) => !policy.exclude.some((excluded) => isWithin(child, excluded)));
  return policy.recursive ? [dataset, ...children.map((child) => `${dataset}/${child}`)] : [dataset];
}

export function firstStates(policy: Policy, now: number): States {
  const { source, target } = policy;
  const tree = sourceTree(policy).map((name) => encrypted(name, source.dataset));
  const sides = [
    { host: source.host, datasets: [...above(source.dataset), ...tree] },
    { host: target.host, datasets: targetSide(target.dataset) },
  ];
  const hosts = [...new Set(sides.map(({ host }) => host))];
  return Object.fromEntries(
    hosts.map((host) => {
      const own = sides.filter((side) => side.host === host).flatMap(({ datasets }) => datasets);
      const byName = new Map(own.toReversed().map((dataset) => [dataset.name, dataset]));
      const datasets = [...byName.values()].toSorted((a, b) => depth(a) - depth(b));
      return [host, stateOf(inventory(host, datasets), now)];
    }),
  );
}

/** Each host numbers its own. */
type Unnumbered = Omit<Dataset, 'guid'>;

const depth = ({ name }: Unnumbered): number => name.split('/').length;

/** A pool that is itself the target is there already, and the plan says what is wrong with that. */
function targetSide(name: string): readonly Unnumbered[] {
  const parents = above(name);
  return parents.length > 0 ? parents : [emptyDataset(name)];
}

/** The datasets above, the pool's first. A pool has nothing above. */
function above(name: string): readonly Unnumbered[] {
  const parent = parentOf(name);
  return parent === undefined ? [] : [...above(parent), emptyDataset(parent)];
}

const encrypted = (name: string, root: string): Unnumbered => ({
  ...emptyDataset(name),
  encryption: 'aes-256-gcm',
  encryptionRoot: root,
  keyStatus: 'available',
  keyFormat: 'raw',
  keyLocation: name === root ? 'prompt' : 'none',
});

/** Larger than anything that a simulation writes. */
const POOL_SIZE = 2 ** 52;

function inventory(host: string, datasets: readonly Unnumbered[]): Inventory {
  const pools = new Set(datasets.map(({ name }) => name.split('/')[0] ?? name));
  return {
    schema: 1,
    host,
    takenAt: new Date(0).toISOString(),
    zfsVersion: { userland: '2.3.2', kernel: '2.3.2' },
    pools: [...pools].map((name, index) => ({
      name,
      guid: `${1000 + index}`,
      health: 'ONLINE',
      size: POOL_SIZE,
      free: POOL_SIZE,
    })),
    datasets: datasets.map((dataset, index) => ({ ...dataset, guid: `${index + 1}` })),
  };
}
