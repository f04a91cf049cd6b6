/** What both plans of a comparison are made from: the same facts and the same time, or the diff would show those. */
import { inventoryOfHost } from '../policy/inventory-of-host';
import { formatAgo } from '../text/format-age';
import { machineOf } from '../policy/machine-of';
import type { HostEntry } from '../policy/policy';
import type { Plan } from '../plan/plan';
import type { Inventory } from '../zfs/inventory';
import type { Declared, Match } from './match-policies';

export interface ChangeFacts {
  readonly inventories: readonly Inventory[];
  /** ISO 8601, UTC. */
  readonly now: string;
  /** Looks ahead, as `foreseePlan` does, where there is time for it. */
  readonly foresee?: (plan: Plan, inventories: Inventories) => Plan;
}

/** By the host's name in the policy file. */
export type Inventories = Readonly<Record<string, Inventory>>;

export type Basis =
  | { readonly kind: 'inventory'; readonly inventories: Inventories }
  | { readonly kind: 'sample'; readonly why: string };

/** Inventories only where every host of both sides was read, and is still the machine that was read. */
export function chooseBasis({ before, after }: Match, { inventories }: ChangeFacts): Basis {
  const moved = [...hostsOf(before)].find((old) =>
    hostsOf(after).some((now) => now.name === old.name && machineOf(now) !== machineOf(old)),
  );
  if (moved !== undefined) return { kind: 'sample', why: `${moved.name} has another address now` };
  const found: Record<string, Inventory> = {};
  const unread = new Set<string>();
  for (const host of [...hostsOf(before), ...hostsOf(after)]) {
    const inventory = inventoryOfHost(host, inventories);
    if (inventory === undefined) unread.add(host.name);
    else found[host.name] = inventory;
  }
  if (unread.size === 0) return { kind: 'inventory', inventories: found };
  return { kind: 'sample', why: `${[...unread].join(' and ')} ${unread.size === 1 ? 'was' : 'were'} not read` };
}

const hostsOf = (declared: Declared | undefined): readonly HostEntry[] =>
  declared === undefined ? [] : [declared.source, declared.target];

/** One line for people. */
export function describeBasis(basis: Basis, now: string): string {
  if (basis.kind === 'sample')
    return `Planned for a source with one encrypted dataset and one snapshot, because ${basis.why}`;
  const read = Object.entries(basis.inventories).map(
    ([host, { takenAt }]) => `${host} as read ${formatAgo((Date.parse(now) - Date.parse(takenAt)) / 1000)}`,
  );
  return `Planned for what the hosts held: ${read.join(', ')}`;
}
