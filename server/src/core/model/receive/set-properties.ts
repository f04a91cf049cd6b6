/** What a receive does to the properties of its dataset (zfs_ioc_recv_impl of zfs_ioctl.c). */
import { parentOf } from '../../zfs/names';
import { isRoot, withCrypto } from '../keys';
import { omit, pick } from '../omit';
import { notModelled } from '../outcome';
import { withInherited } from '../properties';
import type { Dataset, State, Values } from '../state';
import type { CommandProperties } from './command-properties';

/** ZFS keeps this as a property that is inherited: what a dataset above has received counts below it too. */
export function hasEverReceived(state: State, name: string): boolean {
  for (let each: string | undefined = name; each !== undefined; each = parentOf(each))
    if (state.datasets.get(each)?.hasReceived) return true;
  return false;
}

/** These are set when the data has arrived, and not at all where it is cut (extract_delay_props). */
const DELAYED: ReadonlySet<string> = new Set(['keylocation', 'refquota', 'sharesmb']);

const isEarly = (name: string): boolean => !DELAYED.has(name);
const isLate = (name: string): boolean => DELAYED.has(name) && name !== 'keylocation';

/**
 * Before the data. The first received properties of a dataset take the place of its local ones too: until then, ZFS cannot tell them
 * apart. Later ones take the place of what was received before.
 */
export function withStreamProperties(dataset: Dataset, isFirst: boolean, properties: CommandProperties): Dataset {
  let next = dataset;
  const { received } = properties;
  if (received) {
    const local = isFirst ? onlySize(dataset.local) : dataset.local;
    next = { ...next, local, received: omit(pick(received, isEarly), 'volsize'), hasReceived: true };
    // A package that knows it for a root gives it another at its end; to one that does not, "none" is what is left.
    if (isFirst && next.crypto) next = { ...next, crypto: omit(next.crypto, 'keyLocation') };
  }
  next = { ...next, local: { ...next.local, ...pick(properties.set, isEarly) } };
  for (const name of properties.inherited.filter(isEarly)) next = withInherited(next, name);
  return next;
}

/** After the data. The location that a package brings is set by its end alone. */
export function withDelayedProperties(dataset: Dataset, { received = {}, set, inherited }: CommandProperties): Dataset {
  let next = {
    ...dataset,
    local: { ...dataset.local, ...pick(set, isLate) },
    received: { ...dataset.received, ...pick(received, isLate) },
  };
  for (const name of inherited.filter(isLate)) next = withInherited(next, name);
  return set['keylocation'] === undefined ? next : withLocation(next, set['keylocation']);
}

/** Of an encryption root; a package's own location takes its place later. */
function withLocation(dataset: Dataset, location: string): Dataset {
  if (location === 'none') return notModelled('zfs receive -o keylocation=none, which aborts');
  return isRoot(dataset) ? withCrypto(dataset, { keyLocation: location }) : dataset;
}

/** A volume's size is no property that could be cleared. */
const onlySize = (local: Values): Values => ('volsize' in local ? { volsize: local['volsize'] ?? '0' } : {});
