import type { PolicyFile } from '../policy/policy';
import type { Inventory } from '../zfs/inventory';
import { planDigest } from './digest';
import { bringersFirst } from '../policy/bringer';
import type { Plan } from './plan';
import { planSituation } from './plan-policy';
import { situationIn } from './relay';

/**
 * Plans policies of a file from what their hosts hold now: pure, so the same facts give the same plan. It never
 * sends a range twice, never uses `-F`, and destroys only what retention does not keep, after the proof. Inventories are keyed by the host's name in the
 * file; `now` is ISO 8601, UTC. Throws for a policy or an inventory that is not there: the caller looks first.
 */
export function planPolicies(
  file: PolicyFile,
  names: readonly string[],
  inventories: Readonly<Record<string, Inventory>>,
  now: string,
): Plan {
  const jobs = bringersFirst(file, names).map((name) => {
    const policy = file.policies[name];
    if (policy === undefined) throw new Error(`no policy is called ${name}`);
    const source = inventoryOf(inventories, policy.source.host);
    const target = inventoryOf(inventories, policy.target.host);
    return planSituation(situationIn(file, policy, { source, target }, now));
  });
  return { schema: 1, createdAt: now, digest: planDigest(jobs), jobs };
}

function inventoryOf(inventories: Readonly<Record<string, Inventory>>, host: string): Inventory {
  const inventory = inventories[host];
  if (inventory === undefined) throw new Error(`no inventory of the host ${host}`);
  return inventory;
}
