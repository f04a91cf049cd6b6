/** What `zfs get` answers for each property: raw values, as `-p` prints them. */
import { isWithin } from '../../zfs/names';
import { isKeyLoaded } from '../keys';
import { notModelled } from '../outcome';
import { effective } from '../properties';
import type { Effective } from '../properties';
import { findProperty, isUserProperty } from '../property-table';
import type { Dataset, State } from '../state';
import { tokenOf } from '../resume-token';
import { cloneNames } from '../tree';
import type { Target } from './target';

/** Of a property that the target's kind does not have. */
export const NONE: Shown = { value: '-', source: '-' };

export type Shown = Effective;

export function shownProperty(state: State, target: Target, name: string): Shown {
  if (isUserProperty(name)) return userProperty(state, target, name);
  const rule = findProperty(name);
  if (rule === undefined) return notModelled(`the property ${name}`);
  if (!rule.on.includes(target.kind)) return NONE;
  if (CRYPTO[rule.name]) return CRYPTO[rule.name]?.(state, target.dataset) ?? NONE;
  if (rule.kind !== 'fact') return settable(state, target, rule.name);
  const read = FACTS[rule.name];
  return read ? { value: read(state, target) ?? '-', source: '-' } : notModelled(`the property ${name}`);
}

function settable(state: State, { dataset, snapshot }: Target, name: string): Shown {
  const found = effective(state, dataset, name) ?? NONE;
  return snapshot && found.source === 'local' ? { ...found, source: 'inherited', from: dataset.name } : found;
}

function userProperty(state: State, { dataset, snapshot }: Target, name: string): Shown {
  if (snapshot === undefined) return effective(state, dataset, name) ?? NONE;
  const local = snapshot.local[name];
  if (local !== undefined) return { value: local, source: 'local' };
  const received = snapshot.received[name];
  if (received !== undefined) return { value: received, source: 'received' };
  const above = effective(state, dataset, name);
  return above === undefined ? NONE : { value: above.value, source: 'inherited', from: above.from ?? dataset.name };
}

const CRYPTO: Readonly<Record<string, (state: State, dataset: Dataset) => Shown>> = {
  encryption: (_, { crypto }) => (crypto ? { value: crypto.suite, source: '-' } : { value: 'off', source: 'default' }),
  keyformat: (_, { crypto }) =>
    crypto ? { value: crypto.keyFormat, source: '-' } : { value: 'none', source: 'default' },
  pbkdf2salt: (_, { crypto }) =>
    crypto?.keyFormat === 'passphrase'
      ? { value: crypto.wrapping.salt, source: '-' }
      : { value: '0', source: 'default' },
  pbkdf2iters: (_, { crypto }) =>
    crypto && crypto.iterations > 0
      ? { value: String(crypto.iterations), source: '-' }
      : { value: '0', source: 'default' },
  keylocation: (_, { crypto, local }) => {
    if (crypto?.keyLocation !== undefined) return { value: crypto.keyLocation, source: 'local' };
    return { value: 'none', source: local['keylocation'] === undefined ? 'default' : 'local' };
  },
};

type Read = (state: State, target: Target) => string | undefined;

const version = (target: Target) => target.snapshot ?? target.bookmark;

const FACTS: Readonly<Record<string, Read>> = {
  name: (_, target) => target.name,
  type: (_, target) => target.kind,
  creation: (_, target) => String((version(target) ?? target.dataset).creation),
  guid: (_, target) => (version(target) ?? target.dataset).guid,
  createtxg: (_, target) => String((version(target) ?? target.dataset).createtxg),
  ivsetguid: (_, { snapshot, bookmark }) => snapshot?.ivsetguid ?? (bookmark && (bookmark.ivsetguid ?? '0')),
  used: (state, target) => String(target.snapshot ? 0 : usedBy(state, target.dataset)),
  available: (state, target) => String(availableIn(state, target.dataset)),
  referenced: (_, target) => String((version(target) ?? target.dataset).referenced),
  written: (_, target) => String((target.snapshot ?? target.dataset).written),
  mounted: (_, target) => (target.dataset.mount ? 'yes' : 'no'),
  origin: (_, target) => target.dataset.origin,
  userrefs: (_, target) => String(Object.keys(target.snapshot?.holds ?? {}).length),
  defer_destroy: (_, target) => (target.snapshot?.isDeferred ? 'on' : 'off'),
  clones: (state, target) => cloneNames(state, target.name).join(',') || undefined,
  receive_resume_token: (_, target) => target.dataset.partial && tokenOf(target.dataset.partial),
  encryptionroot: (_, target) => target.dataset.crypto?.root,
  keystatus: (state, target) =>
    target.dataset.crypto && (isKeyLoaded(state, target.dataset) ? 'available' : 'unavailable'),
};

export function usedBy(state: State, dataset: Dataset): number {
  let sum = 0;
  for (const each of state.datasets.values()) if (isWithin(each.name, dataset.name)) sum += each.referenced;
  return sum;
}

export function availableIn(state: State, dataset: Dataset): number {
  const pool = state.pools.get(dataset.name.split('/', 1)[0] ?? '');
  const root = pool && state.datasets.get(pool.name);
  return pool && root ? Math.max(0, pool.size - usedBy(state, root)) : 0;
}
