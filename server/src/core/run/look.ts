import type { Policy } from '../policy/policy';
import type { Inventory } from '../zfs/inventory';
import { poolOf } from '../zfs/names';
import { readInventory } from './read-inventory';
import type { LookOptions } from './read-inventory';
import type { RunRequest } from './run-request';

/** What looking needs of a run. */
export type Looking = Pick<RunRequest, 'hosts' | 'clock' | 'cancel'>;

/** Reads some datasets of one host, even when the run is cancelled: to say where the target stands. */
export async function lookAtHost(
  { hosts, clock }: Omit<Looking, 'cancel'>,
  name: string,
  roots: readonly string[],
): Promise<Inventory> {
  const host = hosts[name];
  if (host === undefined) throw new Error(`no connection to the host ${name}`);
  return readInventory(host, clock(), { roots });
}

/** Reads what the policy touches on both hosts, at the same time; one host that is both is read once. */
export async function lookAtHosts(request: Looking, policy: Policy): Promise<Readonly<Record<string, Inventory>>> {
  const names = [...new Set([policy.source.host, policy.target.host])];
  const inventories = await Promise.all(
    names.map((name) => {
      const host = request.hosts[name];
      if (host === undefined) throw new Error(`no connection to the host ${name}`);
      return readInventory(host, request.clock(), lookOptions(request, policy, name));
    }),
  );
  return Object.fromEntries(inventories.map((inventory, index) => [names[index] ?? '', inventory]));
}

function lookOptions(request: Looking, policy: Policy, host: string): LookOptions {
  const roots = [policy.source, policy.target].filter((end) => end.host === host).map(({ dataset }) => dataset);
  const settle = policy.source.host === host ? [poolOf(policy.source.dataset)] : [];
  return { roots, settle, ...(request.cancel === undefined ? {} : { cancel: request.cancel }) };
}
