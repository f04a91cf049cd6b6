import assert from 'node:assert/strict';
import { readState } from '../../../server/src/core/foresee/read-state';
import { stateOf } from '../../../server/src/core/foresee/state-of';
import type { Property } from '../../../server/src/core/zfs/inventory';
import { isWithin } from '../../../server/src/core/zfs/names';
import { inventories } from '../plan/notation';
import { inventoryOf } from './inventory-by-commands';
import { STATES, NOW, source } from './states';

const releaseOf = (kernel: string): string =>
  stateOf({ ...inventoryOf(source(), { host: 'x' }), zfsVersion: { userland: kernel, kernel } }, NOW).release;

describe('stateOf', () => {
  for (const [name, make] of Object.entries(STATES)) {
    it(`makes a host that shows the same inventory: ${name}`, () => {
      const inventory = inventoryOf(make(), { host: 'both' });
      assert.deepEqual(inventoryOf(stateOf(inventory, NOW), { host: 'both' }), inventory);
    });
  }

  it('keeps a value whose origin was not read', () => {
    const whole = inventoryOf(source(), { host: 'prod' });
    const part = { ...whole, pools: [], datasets: whole.datasets.filter(({ name }) => isWithin(name, 'tank')) };
    const moved: Property = { value: '/mnt/altroot', source: 'inherited' };
    const datasets = part.datasets.map((dataset) =>
      dataset.name === 'tank/prod/db' ? { ...dataset, mountpoint: moved } : dataset,
    );
    const shown = readState(stateOf({ ...part, datasets }, NOW), { host: 'prod', roots: ['tank/prod/db'] });
    const [db] = shown.datasets.filter(({ name }) => name === 'tank/prod/db');
    assert.equal(db?.mountpoint?.value, '/mnt/altroot');
  });

  it('stands an encryption root in that was not read', () => {
    const { prod } = inventories({ src: 'in=tank/elsewhere @a1' });
    assert.ok(prod);
    const state = stateOf(prod, NOW);
    assert.equal(readState(state, { host: 'prod', roots: ['tank/src'] }).datasets.at(-1)?.keyStatus, 'available');
  });

  it('plays releases as those that the model knows', () => {
    assert.deepEqual(['2.1.5', '2.1.11', '2.2.0', '2.3.2', '2.4.0'].map(releaseOf), [
      '2.1',
      '2.1',
      '2.3',
      '2.3',
      '2.3',
    ]);
  });
});

describe('readState', () => {
  for (const [name, make] of Object.entries(STATES)) {
    it(`is what the commands of an inventory print: ${name}`, () => {
      const state = make();
      for (const roots of [['tank', 'backup'], ['tank/prod'], ['tank/prod/db', 'backup/prod'], ['backup/absent']])
        assert.deepEqual(readState(state, { host: 'both', roots }), inventoryOf(state, { host: 'both', roots }));
    });
  }
});
