import assert from 'node:assert/strict';
import { HostError } from '../../../server/src/core/run/host';
import type { Host } from '../../../server/src/core/run/host';
import { readInventory } from '../../../server/src/core/run/read-inventory';
import { createModelHosts } from './model-hosts';
import type { Faults } from './model-hosts';
import { ROOT_OPTIONS } from './run-lab';

const NOW = '2026-11-23T02:00:00.000Z';

function counted(size: number, faults: Faults = {}): { readonly host: Host; readonly trips: () => number } {
  const hosts = createModelHosts();
  for (let index = 0; index < size; index += 1) hosts.type('prod', `zfs create ${ROOT_OPTIONS} tank/d${index}`);
  hosts.type('prod', 'zfs snapshot -r tank@a');
  hosts.type('prod', 'zfs hold -r mine tank@a');
  const host = hosts.host('prod', faults);
  let trips = 0;
  return {
    host: {
      ...host,
      execAll(commands) {
        trips += 1;
        return host.execAll(commands);
      },
    },
    trips: () => trips,
  };
}

describe('readInventory', () => {
  it('takes two round trips, whatever the number of datasets', async () => {
    for (const size of [1, 500]) {
      const { host, trips } = counted(size);
      const inventory = await readInventory(host, NOW);
      assert.equal(inventory.datasets.length, size + 1);
      assert.deepEqual(inventory.datasets.at(-1)?.snapshots[0]?.holds, ['mine']);
      assert.equal(trips(), 2);
    }
  });

  it('goes on without settling the pool where that is refused', async () => {
    const refusal = { code: 1, stdout: '', stderr: 'permission denied' };
    const { host, trips } = counted(1, { command: (argv) => (argv[1] === 'sync' ? refusal : undefined) });
    assert.equal((await readInventory(host, NOW, { settle: ['tank'] })).datasets.length, 2);
    assert.equal(trips(), 2);
  });

  it('refuses half an answer', async () => {
    const denied = { code: 1, stdout: '', stderr: 'permission denied\n' };
    const { host } = counted(1, { command: (argv) => (argv[1] === 'list' ? denied : undefined) });
    await assert.rejects(
      readInventory(host, NOW),
      (error) => error instanceof HostError && error.code === 'unreadable',
    );
  });
});
