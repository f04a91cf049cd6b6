/**
 * A state with the few datasets that one stream can touch. Each change of a state copies its list of datasets, so in a tree of
 * thousands a stream is played on what concerns it, and the outcome is put back.
 */
import { parseCommand } from '../zfs/parse-command';
import { parentOf } from '../zfs/names';
import type { StreamStep } from '../plan/plan';
import type { Dataset, State } from '../model/state';

/**
 * Whether a stream of one dataset touches nothing else: no `-R`, which carries a tree, no `-F` and no mounting, which reach below
 * the target, no name that the receive has yet to find.
 */
export function isNarrow({ command, receiver }: StreamStep): boolean {
  const send = parseCommand(command).command?.flags;
  const receive = parseCommand(receiver.command).command?.flags;
  if (send === undefined || receive?.['noMount'] === undefined) return false;
  return (
    send['replicate'] === undefined && ['force', 'discardPool', 'lastName'].every((flag) => receive[flag] === undefined)
  );
}

/** The dataset, what is above it, its origin, and the encryption roots of all of them. */
export function narrowed(state: State, name: string): State {
  const datasets = new Map<string, Dataset>();
  const take = (one: string | undefined): void => {
    const dataset = one === undefined || datasets.has(one) ? undefined : state.datasets.get(one);
    if (dataset === undefined) return;
    datasets.set(dataset.name, dataset);
    take(dataset.crypto?.root);
    take(dataset.origin?.split('@')[0]);
  };
  for (let one: string | undefined = name; one !== undefined; one = parentOf(one)) take(one);
  return { ...state, datasets };
}

/** Changes the list of the whole as its part was changed. */
export function putBack(datasets: Map<string, Dataset>, before: State, after: State): void {
  for (const [name, dataset] of after.datasets) if (before.datasets.get(name) !== dataset) datasets.set(name, dataset);
  for (const name of before.datasets.keys()) if (!after.datasets.has(name)) datasets.delete(name);
}
