import type { Dataset } from './inventory';

/** A filesystem as `zfs create` makes it without an option: not encrypted, mounted, with nothing in it. */
export const emptyDataset = (name: string): Dataset => ({
  name,
  kind: 'filesystem',
  guid: '1',
  createtxg: '1',
  encryption: 'off',
  mountpoint: { value: `/${name}`, source: 'default' },
  canmount: { value: 'on', source: 'default' },
  mounted: true,
  readonly: { value: 'off', source: 'default' },
  used: 0,
  referenced: 0,
  written: 0,
  snapshots: [],
  bookmarks: [],
});
