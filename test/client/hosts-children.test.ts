import assert from 'node:assert/strict';
import { PAGE, contentsOf, hasContents, poolsOf } from '../../client/src/hosts/children';
import type { HostNode, Node } from '../../client/src/hosts/node';
import { idOf } from '../../client/src/hosts/node';
import type { Dataset, Inventory, Snapshot } from '../../server/src/protocol';

const HOST: HostNode = { kind: 'host', host: { name: 'prod', uri: 'file:///rawsend.yaml', address: 'source' } };

const dataset = (name: string, snapshots = 0): Dataset => ({
  name,
  kind: 'filesystem',
  guid: name,
  createtxg: '1',
  encryption: 'off',
  mounted: false,
  readonly: { value: 'off', source: 'default' },
  used: 0,
  referenced: 0,
  written: 0,
  snapshots: Array.from({ length: snapshots }, (_, index) => snapshot(`s${index}`)),
  bookmarks: [],
});

const snapshot = (name: string): Snapshot => ({
  name,
  guid: name,
  createtxg: '1',
  creation: 0,
  used: 0,
  referenced: 0,
  holds: [],
});

function inventory(...datasets: readonly Dataset[]): Inventory {
  const pools = datasets
    .filter(({ name }) => !name.includes('/'))
    .map(({ name }) => ({ name, guid: name, health: 'ONLINE', size: 2, free: 1 }));
  return { schema: 1, host: 'prod', takenAt: '', zfsVersion: { userland: '2.3.2', kernel: '2.3.2' }, pools, datasets };
}

/** The rows below a dataset, as short names. */
function rows(facts: Inventory, parent: string, shown = PAGE): readonly string[] {
  return rowsOf(facts, parent, shown).map(toRow);
}

function rowsOf(facts: Inventory, parent: string, shown: number): readonly Node[] {
  const found = facts.datasets.find(({ name }) => name === parent);
  assert.ok(found);
  return contentsOf({ kind: 'dataset', parent: HOST, dataset: found, inventory: facts }, shown);
}

function toRow(node: Node): string {
  if (node.kind === 'dataset') return node.dataset.name;
  if (node.kind === 'snapshot') return `@${node.snapshot.name}`;
  return node.kind === 'more' ? `… ${node.hidden}` : node.kind;
}

describe('the tree of a host', () => {
  it('begins with its pools', () => {
    const pools = poolsOf(HOST, inventory(dataset('tank'), dataset('tank/a'), dataset('boot')));
    assert.deepEqual(
      pools.map((node) => node.kind === 'pool' && node.pool.name),
      ['tank', 'boot'],
    );
    assert.deepEqual(poolsOf(HOST, inventory()), [{ kind: 'empty', parent: HOST }]);
  });

  it('has the children of a dataset, not those of one with a similar name', () => {
    const facts = inventory(dataset('tank'), dataset('tank/a'), dataset('tank/a/b'), dataset('tank/ab'));
    assert.deepEqual(rows(facts, 'tank'), ['tank/a', 'tank/ab']);
    assert.deepEqual(rows(facts, 'tank/a'), ['tank/a/b']);
  });

  it('has the newest snapshots first, by pages', () => {
    const facts = inventory(dataset('tank', 120));
    const first = rows(facts, 'tank');
    assert.deepEqual([first.length, first[0], first.at(-1)], [51, '@s119', '… 70']);
    assert.deepEqual(rows(facts, 'tank', 2 * PAGE).at(-1), '… 20');
    assert.deepEqual(rows(facts, 'tank', 3 * PAGE).at(-1), '@s0');
  });

  it('has an arrow only where there is something below', () => {
    const facts = inventory(dataset('tank'), dataset('tank/a', 1));
    const [tank, a] = facts.datasets;
    assert.ok(tank && a);
    assert.ok(hasContents({ kind: 'dataset', parent: HOST, dataset: tank, inventory: facts }));
    assert.ok(hasContents({ kind: 'dataset', parent: HOST, dataset: a, inventory: facts }));
    assert.ok(!hasContents({ kind: 'dataset', parent: HOST, dataset: dataset('tank/b'), inventory: facts }));
  });

  it('names every row once', () => {
    const facts = inventory(dataset('tank', 60), dataset('tank/a'));
    const ids = rowsOf(facts, 'tank', PAGE).map(idOf);
    assert.equal(new Set(ids).size, ids.length);
  });
});
