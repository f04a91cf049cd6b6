import { ancestorsOf, isWithin } from '../zfs/names';

/** A dataset on a machine. */
export interface CirclePlace {
  readonly machine: string;
  readonly dataset: string;
}

/** What leads from one dataset to another. */
export interface CircleEdge {
  readonly source: CirclePlace;
  readonly target: CirclePlace;
}

/** Edges that lead back to where the last of them begins, the shortest way round; the last is the one that closes it. */
export type Circle<E> = readonly E[];

/** Each circle once, at the edge that closes it. What leads from a dataset into itself is no circle. */
export function findCircles<E extends CircleEdge>(edges: readonly E[]): readonly Circle<E>[] {
  const open: E[] = [];
  const circles: Circle<E>[] = [];
  // Only earlier edges are followed, so that a circle is found at its last edge and nowhere else.
  for (const closing of withoutEnds(edges)) {
    const way = wayBack(closing, open);
    if (way === undefined) open.push(closing);
    else circles.push([...way, closing]);
  }
  return circles;
}

/** Whether one of two places lies in the other. */
export const overlaps = (a: CirclePlace, b: CirclePlace): boolean =>
  a.machine === b.machine && (isWithin(a.dataset, b.dataset) || isWithin(b.dataset, a.dataset));

/**
 * Without the edges that nothing leads to or from, again and again: what is left is in a circle or between two. A file
 * has hundreds of policies and hardly ever a circle, so nearly all of it is settled by looking up names.
 */
function withoutEnds<E extends CircleEdge>(edges: readonly E[]): readonly E[] {
  const [sources, targets] = [new PlaceCount(), new PlaceCount()];
  let left = edges.filter(({ source, target }) => !overlaps(source, target));
  for (const { source, target } of left) {
    sources.change(source, 1);
    targets.change(target, 1);
  }
  for (let before = -1; before !== left.length;) {
    before = left.length;
    left = left.filter(({ source, target }) => {
      if (sources.hasAny(target) && targets.hasAny(source)) return true;
      sources.change(source, -1);
      targets.change(target, -1);
      return false;
    });
  }
  return left;
}

/** How many places overlap one, looked up by name. */
class PlaceCount {
  private readonly at = new Map<string, number>();
  private readonly below = new Map<string, number>();

  change(place: CirclePlace, by: 1 | -1): void {
    add(this.at, keyOf(place, place.dataset), by);
    for (const ancestor of ancestorsOf(place.dataset)) add(this.below, keyOf(place, ancestor), by);
  }

  hasAny(place: CirclePlace): boolean {
    const isThere = (dataset: string): boolean => (this.at.get(keyOf(place, dataset)) ?? 0) > 0;
    if ((this.below.get(keyOf(place, place.dataset)) ?? 0) > 0) return true;
    return isThere(place.dataset) || ancestorsOf(place.dataset).some(isThere);
  }
}

const keyOf = ({ machine }: CirclePlace, dataset: string): string => `${machine}\n${dataset}`;

function add(counts: Map<string, number>, key: string, by: number): void {
  counts.set(key, (counts.get(key) ?? 0) + by);
}

/** The edges that lead from the target of `closing` back to its source, the shortest way. */
function wayBack<E extends CircleEdge>(closing: E, others: readonly E[]): readonly E[] | undefined {
  const seen = new Set<E>();
  let ways: E[][] = [[]];
  while (ways.length > 0) {
    const next: E[][] = [];
    for (const way of ways) {
      const end = way.at(-1) ?? closing;
      for (const edge of others) {
        if (seen.has(edge) || !overlaps(end.target, edge.source)) continue;
        if (overlaps(edge.target, closing.source)) return [...way, edge];
        seen.add(edge);
        next.push([...way, edge]);
      }
    }
    ways = next;
  }
  return undefined;
}
