/** What a property of a dataset is, and where its value comes from. */
import type { PropertySource } from '../zfs/inventory';
import { parentOf } from '../zfs/names';
import { omit } from './omit';
import { findProperty } from './property-table';
import { INHERIT } from './state';
import type { Dataset, State } from './state';

export interface Effective {
  readonly value: string;
  readonly source: PropertySource;
  /** The dataset that an inherited value is set on. */
  readonly from?: string;
}

/**
 * The value that counts of a settable or user's property: the local one, else the received one unless it is hidden, else that of
 * the nearest dataset above that has one, else the default. Undefined for a user's property that nobody set.
 */
export function effective(state: State, dataset: Dataset, name: string): Effective | undefined {
  const ownValue = valueHere(dataset, name);
  if (ownValue !== undefined) return ownValue;
  const rule = findProperty(name);
  if (rule === undefined || rule.inherits) {
    for (let above = parentOf(dataset.name); above !== undefined; above = parentOf(above)) {
      const parent = state.datasets.get(above);
      const found = parent && valueHere(parent, name);
      if (parent && found)
        return { value: belowMountpoint(name, found.value, dataset.name, above), source: 'inherited', from: above };
    }
  }
  if (name === 'mountpoint') return { value: `/${dataset.name}`, source: 'default' };
  const fallback = (state.release === '2.1' ? rule?.in21?.fallback : undefined) ?? rule?.fallback;
  return fallback === undefined ? undefined : { value: fallback, source: 'default' };
}

function valueHere(dataset: Dataset, name: string): Effective | undefined {
  const local = dataset.local[name];
  if (local === INHERIT) return undefined;
  if (local !== undefined) return { value: local, source: 'local' };
  const received = dataset.received[name];
  return received === undefined ? undefined : { value: received, source: 'received' };
}

/** An inherited mountpoint goes on with the names below the dataset that it is set on. */
function belowMountpoint(name: string, value: string, dataset: string, above: string): string {
  if (name !== 'mountpoint' || value === 'none' || value === 'legacy') return value;
  return (value === '/' ? '' : value) + dataset.slice(above.length);
}

export const valueOf = (state: State, dataset: Dataset, name: string): string =>
  effective(state, dataset, name)?.value ?? '-';

/** Sets a value here, which hides what is received or inherited. */
export const withLocal = (dataset: Dataset, name: string, value: string): Dataset => ({
  ...dataset,
  local: { ...dataset.local, [name]: value },
});

/** Removes the value here; a received one is hidden, so that the parent's counts. */
export function withInherited(dataset: Dataset, name: string): Dataset {
  const rest = omit(dataset.local, name);
  return { ...dataset, local: name in dataset.received ? { ...rest, [name]: INHERIT } : rest };
}

/** Removes the value here, so that a received one counts again. */
export function withReceivedShown(dataset: Dataset, name: string): Dataset {
  return { ...dataset, local: omit(dataset.local, name) };
}

export const canMount = (state: State, dataset: Dataset): string => valueOf(state, dataset, 'canmount');
export const isReadonly = (state: State, dataset: Dataset): boolean => valueOf(state, dataset, 'readonly') === 'on';
