/** What was read of two hosts, for hover and completion. */
import type { Known } from '../../../server/src/core/policy/known';
import type { Dataset, Inventory, Snapshot } from '../../../server/src/core/zfs/inventory';

/** 2026-11-23T02:00:00Z */
export const TAKEN = Date.parse('2026-11-23T02:00:00Z') / 1000;

export const snapshot = (name: string, holds: readonly string[] = []): Snapshot => ({
  name,
  guid: '1',
  createtxg: '1',
  creation: TAKEN - 7200,
  used: 0,
  referenced: 0,
  holds,
});

export function dataset(name: string, more: Partial<Dataset> = {}): Dataset {
  return {
    name,
    kind: 'filesystem',
    guid: '1',
    createtxg: '1',
    encryption: 'off',
    mountpoint: { value: 'none', source: 'local' },
    mounted: false,
    readonly: { value: 'on', source: 'local' },
    used: 2048,
    referenced: 0,
    written: 0,
    snapshots: [],
    bookmarks: [],
    ...more,
  };
}

export const inventory = (host: string, datasets: readonly Dataset[], pool = 'tank'): Inventory => ({
  schema: 1,
  host,
  takenAt: new Date(TAKEN * 1000).toISOString(),
  zfsVersion: { userland: '2.3.2', kernel: '2.3.2' },
  pools: [{ name: pool, guid: '1', health: 'ONLINE', size: 0, free: 3 * 2 ** 30 }],
  datasets,
});

const SEALED = {
  encryption: 'aes-256-gcm',
  encryptionRoot: 'backup/prod',
  keyStatus: 'unavailable',
} as const;

/** Read five minutes ago. */
export const KNOWN: Known = {
  aliases: ['prod', 'cold.lan', '-odd'],
  now: TAKEN + 300,
  inventories: [
    inventory('prod', [
      dataset('tank'),
      dataset('tank/data', {
        encryption: 'aes-256-gcm',
        encryptionRoot: 'tank/data',
        keyStatus: 'available',
        mounted: true,
        mountpoint: { value: '/data', source: 'local' },
        readonly: { value: 'off', source: 'default' },
        written: 4096,
        snapshots: [
          snapshot('rep-2026-11-22T0000Z'),
          snapshot('rep-2026-11-23T0000Z', ['x']),
          snapshot('before-upgrade'),
        ],
      }),
      dataset('tank/data/scratch'),
      dataset('tank/data/web/cache', { kind: 'volume' }),
    ]),
    inventory(
      'vault',
      [
        dataset('backup'),
        dataset('backup/prod', { ...SEALED, resumeToken: '1-x' }),
        dataset('backup/prod/home', { ...SEALED, snapshots: [snapshot('a')] }),
      ],
      'backup',
    ),
  ],
};
