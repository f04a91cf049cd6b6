/** Which key opens a dataset, and whether it is loaded. */
import { findKey } from './key-material';
import { omit } from './omit';
import type { Crypto, Dataset, State, Wrapping } from './state';
import { mustFind, withDatasets } from './tree';

export { findKey };

export const isRoot = (dataset: Dataset): boolean => dataset.crypto?.root === dataset.name;

export function rootOf(state: State, dataset: Dataset): Dataset | undefined {
  return dataset.crypto && mustFind(state, dataset.crypto.root);
}

/** Loaded for the encryption root; that says nothing of a child whose own wrapped key is of another time. */
export const isKeyLoaded = (state: State, dataset: Dataset): boolean =>
  rootOf(state, dataset)?.crypto?.loaded !== undefined;

/** Whether the loaded key opens this dataset's own master key: after a rotation that only the root received, it does not. */
export function isReadable(state: State, dataset: Dataset): boolean {
  if (dataset.crypto === undefined) return true;
  const loaded = rootOf(state, dataset)?.crypto?.loaded;
  return loaded !== undefined && sameWrapping(loaded, dataset.crypto.wrapping);
}

const sameWrapping = (a: Wrapping, b: Wrapping): boolean => a.key === b.key && a.salt === b.salt;

export function withCrypto(dataset: Dataset, change: Partial<Crypto>): Dataset {
  if (dataset.crypto === undefined) throw new Error(`the model lost the key of ${dataset.name}`);
  return { ...dataset, crypto: { ...dataset.crypto, ...change } };
}

/** Every dataset of an encryption root gets another wrapping, root or suite. */
export function changeUnder(state: State, root: string, edit: (dataset: Dataset) => Dataset): State {
  const under = [...state.datasets.values()].filter((dataset) => dataset.crypto?.root === root);
  return withDatasets(state, under.map(edit));
}

export const withoutLoaded = (crypto: Crypto): Crypto => omit(crypto, 'loaded');
