/** The hosts as a simulation finds them: a source tree as the policy names it, and a target that has received nothing. */
import { stateOf } from '../foresee/state-of';
import type { States } from '../foresee/play-steps';
import type { Policy } from '../policy/policy';
import { emptyDataset } from '../zfs/empty-dataset';
import type { Dataset, Inventory } from '../zfs/inventory';
import { ancestorsOf, isWithin, parentOf, rebase } from '../zfs/names';

/** One, unless the policy leaves it out or is not recursive: what holds for a child holds for more of them. */
const CHILDREN = ['data'];

function sourceTree(policy: Policy): readonly string[] {
  const { dataset } = policy.source;
  const children = CHILDREN.filter((child) => !policy.exclude.some((excluded) => isWithin(child, excluded)));
  return policy.recursive ? [dataset, ...children.map((child) => `${dataset}/${child}`)] : [dataset];
}

/** `bringers`: the policies that bring the source, that of the first source first. */
export function firstStates(policy: Policy, now: number, bringers: readonly Policy[] = []): States {
  const policies = [...bringers, policy];
  const [{ source } = policy] = policies;
  const names = new Set(
    policies.flatMap((one) => [...sourceTree(one)].flatMap((name) => atFirst(name, one, bringers))),
  );
  const tree = [...names].map((name) => encrypted(name, source.dataset));
  const sides = [
    { host: source.host, datasets: [...above(source.dataset), ...tree] },
    ...policies.map(({ target }) => ({ host: target.host, datasets: targetSide(target.dataset) })),
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

/** Where a dataset of a policy's source begins its way, with those above it. */
function atFirst(name: string, policy: Policy, bringers: readonly Policy[]): readonly string[] {
  const before = bringers.slice(0, bringers.includes(policy) ? bringers.indexOf(policy) : bringers.length);
  const first = before.reduceRight((found, { source, target }) => rebase(found, target.dataset, source.dataset), name);
  const top = bringers[0]?.source.dataset ?? policy.source.dataset;
  return [...ancestorsOf(first).filter((one) => isWithin(one, top)), first];
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
