import { createPlacement, keyOf, sliceOf, textOf } from '../shell/placed-text';
import { datasetKey } from './runbook';
import type { ArgumentWord, HostRoute, Invocation } from './runbook';

/** A dataset that a command names. */
export interface DatasetUse {
  /** For people. */
  readonly name: string;
  /** Undefined while a part of the name is unknown. */
  readonly known: string | undefined;
  /** Equal for equal names, also unknown ones. */
  readonly key: string;
  readonly route: HostRoute;
}

/** The dataset of an operand, without `@snapshot` or `#bookmark`. */
export function datasetOf(operand: ArgumentWord, { site: { route } }: Invocation): DatasetUse {
  const placement = createPlacement(operand.text);
  const cut = placement.text.search(/[@#]/);
  const text = sliceOf(placement, 0, cut === -1 ? placement.text.length : cut);
  const mark = operand.shown.search(/[@#]/);
  const known = text.every((run) => run.kind !== 'unknown') ? textOf(text) : undefined;
  // A name that is all in one variable may hold the snapshot too: `$SNAP`.
  const name = cut === -1 || mark === -1 ? operand.shown : operand.shown.slice(0, mark);
  return { name: name === '' ? 'the dataset' : name, known, key: keyOf(text), route };
}

/** Where a receive puts a stream. With `-d` and `-e` that is below the operand, by the name that the stream carries. */
export function receiveTarget(receive: Invocation, sends: readonly Invocation[]): DatasetUse | undefined {
  const [operand] = receive.operands;
  if (!operand) return undefined;
  const target = datasetOf(operand, receive);
  const { discardPool, lastName } = receive.flags;
  if (!discardPool && !lastName) return target;
  const [sent] = sends.flatMap((send) => send.operands.map((word) => datasetOf(word, send)));
  if (sent?.known === undefined || target.known === undefined) {
    return { ...target, name: `a dataset below ${target.name}` };
  }
  const cut = lastName ? sent.known.lastIndexOf('/') : sent.known.indexOf('/');
  // Of a pool that is sent as a whole, -d leaves no name and -e that of the pool.
  const below = cut === -1 ? (lastName ? `/${sent.known}` : '') : sent.known.slice(cut);
  const name = `${target.known}${below}`;
  return { name, known: name, key: name, route: target.route };
}

/** The keys of a dataset and of all above it on its host, nearest first. */
export const ancestorKeys = ({ key, route }: DatasetUse): readonly string[] =>
  withAncestors(key).map((name) => datasetKey(route, name));

/** ZFS nests no deeper (zfs_max_dataset_nesting, OpenZFS 2.1 to 2.4). */
const MAX_NESTING = 50;

/** The names of a dataset and of all above it, nearest first. */
export function withAncestors(dataset: string): readonly string[] {
  const names = dataset.split('/', MAX_NESTING + 1);
  if (names.length > MAX_NESTING) return [dataset];
  return names.map((_, index) => names.slice(0, names.length - index).join('/'));
}
