import type { State } from './state';
import { change, mustFind } from './tree';

/** Writes into a dataset, as a program at its mountpoint or device would: no zfs command, but what makes the next increment. */
export function write(state: State, name: string, bytes: number): State {
  const dataset = mustFind(state, name);
  if (dataset.kind === 'filesystem' && (dataset.mount === undefined || dataset.mount.readonly))
    throw new Error(`${name} is not mounted for writing`);
  return change(state, name, (before) => ({
    ...before,
    referenced: before.referenced + bytes,
    written: before.written + bytes,
  }));
}
