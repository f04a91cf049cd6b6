/** What `zfs list` and `zfs get` go over: the operands, with what is below them, of the wanted types. */
import { openProblem } from '../names';
import type { Kind } from '../property-table';
import type { State } from '../state';
import { byName, subtree } from '../tree';
import { bookmarkTargets, headTarget, snapshotTargets, targetOf } from './target';
import type { Target } from './target';

export interface Selection {
  readonly operands: readonly string[];
  readonly kinds: ReadonlySet<Kind>;
  /** How far below the operands; Infinity for `-r`. */
  readonly depth: number;
}

export interface Selected {
  readonly targets: readonly Target[];
  /** An operand that does not exist does not stop the others. */
  readonly problems: readonly string[];
}

const TYPE_NAMES: Readonly<Record<string, readonly Kind[]>> = {
  filesystem: ['filesystem'],
  fs: ['filesystem'],
  volume: ['volume'],
  vol: ['volume'],
  snapshot: ['snapshot'],
  snap: ['snapshot'],
  bookmark: ['bookmark'],
  all: ['filesystem', 'volume', 'snapshot', 'bookmark'],
};

/** The kinds of a `-t` list, or the first word that is none. */
export function kindsOf(types: string): ReadonlySet<Kind> | string {
  const kinds = new Set<Kind>();
  for (const word of types.split(',')) {
    const named = TYPE_NAMES[word];
    if (named === undefined) return word;
    for (const kind of named) kinds.add(kind);
  }
  return kinds;
}

export function selectTargets(state: State, { operands, kinds, depth }: Selection): Selected {
  const onlyVersions = !kinds.has('filesystem') && !kinds.has('volume');
  if (operands.length === 0) {
    const all = [...state.pools.keys()].flatMap((pool) => below(state, pool, Infinity));
    return { targets: sorted(all.filter((target) => kinds.has(target.kind))), problems: [] };
  }
  const found = new Map<string, Target>();
  const problems: string[] = [];
  for (const typed of operands) {
    const operand = typed.startsWith('/') ? (mountedAt(state, typed) ?? typed) : typed;
    const problem = openProblem(
      state,
      operand,
      kinds.has('bookmark') ? 'bookmark' : kinds.has('snapshot') ? 'any' : 'dataset',
    );
    const target = problem === undefined ? targetOf(state, operand) : undefined;
    if (target === undefined) {
      problems.push(problem ?? `cannot open '${operand}': dataset does not exist`);
      continue;
    }
    const reach = depth === 0 && onlyVersions && target.name === target.dataset.name ? 1 : depth;
    const isVersion = target.name !== target.dataset.name;
    const reached = isVersion ? [target] : below(state, operand, reach);
    for (const each of reached) {
      if (kinds.has(each.kind)) found.set(each.name, each);
      else if (each.name === operand && reach === 0)
        problems.push(`cannot open '${operand}': operation not applicable to datasets of this type`);
    }
  }
  return { targets: sorted([...found.values()]), problems };
}

/** A path stands for what is mounted there, or above it. */
function mountedAt(state: State, path: string): string | undefined {
  const holds = [...state.datasets.values()].filter(
    ({ mount }) => mount && (path === mount.path || path.startsWith(`${mount.path}/`)),
  );
  return holds.toSorted((a, b) => (b.mount?.path.length ?? 0) - (a.mount?.path.length ?? 0))[0]?.name;
}

/** The dataset, and down to `depth` levels its snapshots, bookmarks and descendants; a snapshot is one level down. */
function below(state: State, root: string, depth: number): readonly Target[] {
  return subtree(state, root).flatMap((dataset) => {
    const level = dataset.name.split('/').length - root.split('/').length;
    if (level > depth) return [];
    const versions = level + 1 > depth ? [] : [...snapshotTargets(dataset), ...bookmarkTargets(dataset)];
    return [headTarget(dataset), ...versions];
  });
}

/** As zfs_compare of zfs_iter.c: by name up to the `@`, a dataset before its snapshots, those by age. */
function sorted(targets: readonly Target[]): readonly Target[] {
  return targets.toSorted((a, b) => {
    const order = byName(sortName(a), sortName(b));
    if (order !== 0) return order;
    return (a.snapshot?.createtxg ?? 0) - (b.snapshot?.createtxg ?? 0) || byName(a.name, b.name);
  });
}

const sortName = (target: Target): string => (target.kind === 'snapshot' ? target.dataset.name : target.name);
