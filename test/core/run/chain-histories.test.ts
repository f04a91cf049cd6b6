import assert from 'node:assert/strict';
import { array, assert as assertProperty, asyncProperty, boolean, constantFrom, nat, record } from 'fast-check';
import type { Arbitrary } from 'fast-check';
import { checkChain, createChainLab, PLACES, tree } from './chain-lab';
import type { ChainLab } from './chain-lab';
import { ROOT_OPTIONS } from './run-lab';

const TOP = PLACES.prod;
const KEEP = '    retention: { source: { keep: { hourly: 1 } }, target: { keep: { hourly: 2 } } }\n';

describe('a chain over random histories', () => {
  it("ends every one with the first source's shape on both replicas, whatever is cut, pruned or removed on the way", async () => {
    await assertProperty(
      asyncProperty(array(action, { minLength: 1, maxLength: 14 }), boolean(), async (actions, prunes) => {
        const lab = createChainLab(prunes ? { near: KEEP, far: KEEP } : {});
        lab.type('prod', `zfs create ${ROOT_OPTIONS} ${TOP}`);
        lab.type('prod', `zfs snapshot ${TOP}@start`);
        for (const [index, act] of actions.entries()) await perform(lab, act, index);
        await settle(lab);
        checkChain(lab);
        const atVault = lab.log.filter((line) =>
          /^vault: zfs (?:snapshot|set|rollback|rename|inherit|change-key)/.test(line),
        );
        assert.ok(
          atVault.every((line) => /^vault: zfs set (?:keylocation=prompt|\w+=\w+) /.test(line)),
          atVault.join('\n'),
        );
        assert.doesNotMatch(lab.log.join('\n'), / -F | rollback /);
      }),
      { numRuns: 120 },
    );
  });
});

/** Until nothing is left to bring: what was cut, what an adoption waits for, and a day for what was removed. */
async function settle(lab: ChainLab): Promise<void> {
  for (const side of ['prod', 'vault', 'offsite'] as const)
    lab.states[side] = { ...lab.states[side], now: lab.states[side].now + 90_000 };
  for (let round = 0; round < 2; round += 1) {
    lab.write('prod', TOP, 10);
    for (const policy of ['near', 'far'] as const) {
      const { outcome, message } = await lab.run(policy);
      assert.ok(['done', 'up-to-date'].includes(outcome), `${policy}: ${message}`);
    }
    for (const side of ['prod', 'vault', 'offsite'] as const)
      lab.states[side] = { ...lab.states[side], now: lab.states[side].now + 90_000 };
  }
  const last = await lab.run('far');
  assert.ok(['done', 'up-to-date'].includes(last.outcome), last.message);
  assert.equal((await lab.run('far')).outcome, 'up-to-date');
}

interface Action {
  readonly kind: 'write' | 'snapshot' | 'create' | 'own-root' | 'inherit' | 'remove' | 'wait' | 'near' | 'far';
  readonly pick: number;
}

const action: Arbitrary<Action> = record({
  kind: constantFrom(
    'write',
    'snapshot',
    'create',
    'own-root',
    'inherit',
    'remove',
    'wait',
    'near',
    'near',
    'far',
    'far',
  ),
  pick: nat(24),
});

async function perform(lab: ChainLab, { kind, pick }: Action, index: number): Promise<void> {
  if (kind === 'near' || kind === 'far') {
    let streams = 0;
    const { outcome, message } = await lab.run(kind, {
      cut: () => ((streams += 1) === pick ? streams % 2 : undefined),
    });
    assert.ok(outcome !== 'verification-failed', `${kind}: ${message}`);
    // Before the first policy has run there is nothing to send.
    assert.ok(outcome !== 'conflict' || message.includes('has not brought'), `${kind}: ${message}`);
    return;
  }
  const [path, one] =
    [...tree(lab, 'prod')].toSorted(([a], [b]) => (a < b ? -1 : 1))[pick % tree(lab, 'prod').size] ?? [];
  assert.ok(path !== undefined && one);
  const { name } = one;
  if (kind === 'write') return lab.write('prod', name, 50_000);
  if (kind === 'wait') {
    for (const side of ['prod', 'vault', 'offsite'] as const)
      lab.states[side] = { ...lab.states[side], now: lab.states[side].now + 3600 * pick };
    return;
  }
  if (kind === 'remove') return path === '' ? undefined : removed(lab, path);
  const isRoot = one.crypto?.root === name;
  const lines = {
    snapshot: [`zfs snapshot ${name}@s${index}`],
    create: one.kind === 'volume' ? [] : [`zfs create ${pick % 3 === 0 ? '-V 8M ' : ''}${name}/c${index}`],
    'own-root': [`zfs change-key -o keyformat=passphrase -o keylocation=file:///other ${name}`],
    inherit: isRoot && name !== TOP ? [`zfs change-key -i ${name}`] : [],
  }[kind];
  for (const line of lines) lab.type('prod', line);
}

function removed(lab: ChainLab, path: string): void {
  for (const [below, { name, snapshots }] of tree(lab, 'prod'))
    if (below === path || below.startsWith(`${path}/`))
      for (const snapshot of snapshots)
        for (const tag of Object.keys(snapshot.holds)) lab.type('prod', `zfs release ${tag} ${name}@${snapshot.name}`);
  lab.type('prod', `zfs destroy -r ${TOP}${path}`);
}
