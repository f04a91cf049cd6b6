import { isWithin, parentOf, poolOf } from '../../../server/src/core/zfs/names';
import type { Dataset, Snapshot, State } from '../../../server/src/core/model/state';
import type { Random } from '../../fuzz/random';

/** Where a sequence has come to: what the next command can be about. */
export interface Draft {
  readonly random: Random;
  readonly state: State;
}

/** A line of a scenario, or undefined where there is nothing to do it to. */
export type Draw = (draft: Draft) => string | undefined;

export type Side = 'tank' | 'backup';

export const pickOr = <T>({ random }: Draft, values: readonly T[]): T | undefined =>
  values.length === 0 ? undefined : random.pick(values);

/** Mostly the side that sends. */
export const anySide = ({ random }: Draft): Side => (random.chance(0.6) ? 'tank' : 'backup');

/** All but the root of the pool, which is left alone: a receive cannot replace it, and every scenario has it. */
export function datasetsOf({ state }: Draft, side: Side): readonly Dataset[] {
  return [...state.datasets.values()].filter(({ name }) => poolOf(name) === side && parentOf(name) !== undefined);
}

export const anyDataset = (draft: Draft): Dataset | undefined => pickOr(draft, datasetsOf(draft, anySide(draft)));

export const hasChild = ({ state }: Draft, name: string): boolean =>
  [...state.datasets.keys()].some((each) => each !== name && isWithin(each, name));

/**
 * A name for a new dataset: right below the pool, or below a dataset that has no child yet. Siblings are sent in the order of a
 * hash table, which no model can know, so every tree that is sent is a single line.
 */
export function newName(draft: Draft, side: Side, prefix: string): string {
  const leaves = datasetsOf(draft, side).filter(
    ({ name, kind }) => kind === 'filesystem' && name.split('/').length < 4 && !hasChild(draft, name),
  );
  const parent = draft.random.chance(0.5) ? pickOr(draft, leaves)?.name : undefined;
  return `${parent ?? side}/${freshWord(prefix, (word) => isTaken(draft.state, word))}`;
}

/** `prefix1`, `prefix2` … : the first that is free. */
export function freshWord(prefix: string, isTaken: (word: string) => boolean): string {
  for (let number = 1; ; number++) if (!isTaken(`${prefix}${number}`)) return `${prefix}${number}`;
}

const isTaken = (state: State, word: string): boolean =>
  [...state.datasets.keys()].some((name) => name.split('/').includes(word));

export function anySnapshot(draft: Draft): { readonly dataset: Dataset; readonly snapshot: Snapshot } | undefined {
  const dataset = pickOr(
    draft,
    datasetsOf(draft, anySide(draft)).filter(({ snapshots }) => snapshots.length > 0),
  );
  const snapshot = dataset && pickOr(draft, dataset.snapshots);
  return dataset && snapshot && { dataset, snapshot };
}

/** One of the words, with that chance. */
export const sometimes = ({ random }: Draft, probability: number, words: readonly string[]): readonly string[] =>
  random.chance(probability) ? [random.pick(words)] : [];
