import type { Expectation } from '../plan/plan';
import { situationIn } from '../plan/relay';
import type { Pair, Situation } from '../plan/situation';
import type { Policy, PolicyFile } from '../policy/policy';
import type { Inventory } from '../zfs/inventory';
import { CHECKS } from './checks';
import { dutyChecks } from './duty-checks';
import type { Check } from './verification';

/**
 * Compares the target of a policy with its source, dataset by dataset: pure, on inventories keyed by the host's
 * name. It is what a run has to prove; with `expect`, the expectations of the plan that was run, the newest snapshot has to be the plan's, too.
 * Throws for a policy or an inventory that is not there: the caller looks first.
 */
export function provePolicy(
  file: PolicyFile,
  name: string,
  inventories: Readonly<Record<string, Inventory>>,
  expect: readonly Expectation[] = [],
): readonly Check[] {
  return prove(situationOf(file, name, inventories), expect);
}

function prove(situation: Situation, expect: readonly Expectation[]): readonly Check[] {
  const { policy, pairs, relay } = situation;
  if (pairs.length === 0) return [missingSource(policy, relay === undefined ? 'missing' : 'not brought yet')];
  const expected = new Map(expect.map((one) => [one.target, one]));
  const look = (pair: Pair, isBehind: boolean): readonly Check[] => {
    const { snapshot: wanted, rootForNow } = expected.get(pair.targetName) ?? {};
    const subject = { situation, pair, wanted, rootForNow, isBehind };
    return CHECKS.flatMap((row) => {
      const seen = row.look(subject);
      return seen === undefined ? [] : [{ id: row.id, dataset: pair.targetName, ...seen, proves: row.proves }];
    });
  };
  const behind = relay?.behind.map(({ pair }) => pair) ?? [];
  return [...pairs.flatMap((pair) => look(pair, false)), ...behind.flatMap((pair) => look(pair, true))];
}

/** What a run proves, and what the policy asks of people and of the clock. Throws as `provePolicy` does. */
export function verifyPolicy(
  file: PolicyFile,
  name: string,
  inventories: Readonly<Record<string, Inventory>>,
): readonly Check[] {
  const situation = situationOf(file, name, inventories);
  return [...prove(situation, []), ...dutyChecks(situation)];
}

function situationOf(file: PolicyFile, name: string, inventories: Readonly<Record<string, Inventory>>): Situation {
  const policy = file.policies[name];
  if (policy === undefined) throw new Error(`no policy is called ${name}`);
  const source = inventoryOf(policy, 'source', inventories);
  const target = inventoryOf(policy, 'target', inventories);
  return situationIn(file, policy, { source, target }, source.takenAt);
}

function inventoryOf(
  policy: Policy,
  side: 'source' | 'target',
  inventories: Readonly<Record<string, Inventory>>,
): Inventory {
  const inventory = inventories[policy[side].host];
  if (inventory === undefined) throw new Error(`no inventory of the host ${policy[side].host}`);
  return inventory;
}

function missingSource(policy: Policy, found: string): Check {
  return {
    id: 'source-exists',
    dataset: policy.source.dataset,
    ok: false,
    expected: 'exists',
    found,
    proves: 'the source is there to compare with',
  };
}
