import assert from 'node:assert/strict';
import { array, assert as assertProperty, asyncProperty, constantFrom, nat, record } from 'fast-check';
import type { Arbitrary } from 'fast-check';
import { isWithin } from '../../../server/src/core/zfs/names';
import { newVersion } from './fake-pool';
import type { FakeDataset } from './fake-pool';
import { checkReplica, steps } from './replica';
import { COPY, TOP, addSource, createRunLab, snapshotAll } from './run-lab';
import type { RunLab } from './run-lab';

describe('runPolicy over random histories', () => {
  it("ends every random history with the source's shape, whatever is cut on the way", async () => {
    await assertProperty(
      asyncProperty(array(action, { minLength: 1, maxLength: 12 }), async (actions) => {
        const lab = createRunLab();
        addSource(lab, '');
        snapshotAll(lab, 'start');
        for (const [index, act] of actions.entries()) {
          const cut = perform(lab, act, index);
          let streams = 0;
          if (cut !== undefined) await lab.run({ cut: () => ((streams += 1) === cut ? streams % 2 : undefined) });
        }
        const outcome = await lab.run();
        assert.ok(['done', 'up-to-date'].includes(outcome.outcome), outcome.message);
        checkReplica(lab);
        assert.equal((await lab.run()).outcome, 'up-to-date');
        const written = steps(lab).join('\n');
        assert.doesNotMatch(written, / -F |destroy|rollback/);
      }),
      { numRuns: 150 },
    );
  });
});

interface Action {
  readonly kind: 'write' | 'snapshot' | 'create' | 'own-root' | 'inherit' | 'bookmark-last' | 'run';
  readonly pick: number;
}

const action: Arbitrary<Action> = record({
  kind: constantFrom('write', 'snapshot', 'create', 'own-root', 'inherit', 'bookmark-last', 'run'),
  pick: nat(20),
});

/** Returns the stream to cut when the action is a run. */
function perform(lab: RunLab, { kind, pick }: Action, index: number): number | undefined {
  const datasets = [...lab.source.datasets.values()].filter(({ name }) => isWithin(name, TOP));
  const one = datasets[pick % datasets.length];
  if (one === undefined) throw new Error('no dataset');
  if (kind === 'run') return pick;
  if (kind === 'write') one.written += 100;
  if (kind === 'snapshot') {
    one.snapshots.push(newVersion(lab.source, `s${index}`));
    one.written = 0;
  }
  if (kind === 'create' && one.kind === 'filesystem') {
    lab.source.add(`${one.name}/c${index}`, {
      encrypted: true,
      root: one.root,
      kind: pick % 3 === 0 ? 'volume' : 'filesystem',
    });
  }
  const below = datasets.filter(({ name, root }) => isWithin(name, one.name) && root === one.root);
  if (kind === 'own-root') for (const dataset of below) dataset.root = one.name;
  if (kind === 'inherit' && one.root === one.name && one.name !== TOP) {
    const parent = datasets.find(({ name }) => name === one.name.slice(0, one.name.lastIndexOf('/')));
    for (const dataset of below) dataset.root = parent?.root ?? TOP;
  }
  if (kind === 'bookmark-last') pruneToBookmark(lab, one);
  return undefined;
}

/**
 * Every snapshot but the newest and the held ones becomes a bookmark: a pruner that respects holds. What a token
 * names is spared, for a token whose snapshot is gone is a conflict and needs a person.
 */
function pruneToBookmark(lab: RunLab, dataset: FakeDataset): void {
  const cut = lab.target.datasets.get(dataset.name.replace(TOP, COPY))?.token?.toGuid;
  const pruned = dataset.snapshots.slice(0, -1).filter(({ holds, guid }) => holds.size === 0 && guid !== cut);
  dataset.bookmarks.push(...pruned);
  dataset.snapshots = dataset.snapshots.filter((one) => !pruned.includes(one));
}
