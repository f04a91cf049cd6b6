import assert from 'node:assert/strict';
import { array, assert as assertProperty, asyncProperty, constantFrom, nat, record } from 'fast-check';
import type { Arbitrary } from 'fast-check';
import type { Dataset } from '../../../server/src/core/model/state';
import { checkReplica, sourcesOf, steps } from './replica';
import { COPY, ROOT_OPTIONS, TOP, createRunLab } from './run-lab';
import type { RunLab } from './run-lab';

describe('runPolicy over random histories', () => {
  it("ends every random history with the source's shape, whatever is cut on the way", async () => {
    await assertProperty(
      asyncProperty(array(action, { minLength: 1, maxLength: 12 }), async (actions) => {
        const lab = createRunLab();
        lab.type('prod', `zfs create ${ROOT_OPTIONS} ${TOP}`);
        lab.type('prod', `zfs snapshot ${TOP}@start`);
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
  const datasets = sourcesOf(lab);
  const one = datasets[pick % datasets.length];
  if (one === undefined) throw new Error('no dataset');
  if (kind === 'run') return pick;
  const { name } = one;
  if (kind === 'write') {
    lab.write('prod', name, 50_000);
    return undefined;
  }
  const isRoot = one.crypto?.root === name;
  const lines: Readonly<Record<Exclude<Action['kind'], 'run' | 'write'>, readonly string[]>> = {
    snapshot: [`zfs snapshot ${name}@s${index}`],
    create: one.kind === 'volume' ? [] : [`zfs create ${pick % 3 === 0 ? '-V 8M ' : ''}${name}/c${index}`],
    'own-root': [`zfs change-key -o keyformat=passphrase -o keylocation=file:///other ${name}`],
    inherit: isRoot && name !== TOP ? [`zfs change-key -i ${name}`] : [],
    'bookmark-last': pruned(lab, one),
  };
  for (const line of lines[kind]) lab.type('prod', line);
  return undefined;
}

/**
 * Every snapshot but the newest and the held ones becomes a bookmark: a pruner that respects holds. What a token
 * names is spared, for a token whose snapshot is gone is a conflict and needs a person.
 */
function pruned(lab: RunLab, { name, snapshots, bookmarks }: Dataset): readonly string[] {
  const cut = lab.states.vault.datasets.get(name.replace(TOP, COPY))?.partial?.toGuid;
  const old = snapshots.slice(0, -1).filter(({ holds, guid }) => Object.keys(holds).length === 0 && guid !== cut);
  return old.flatMap((one) => [
    ...(bookmarks.some((bookmark) => bookmark.name === one.name)
      ? []
      : [`zfs bookmark ${name}@${one.name} ${name}#${one.name}`]),
    `zfs destroy ${name}@${one.name}`,
  ]);
}
