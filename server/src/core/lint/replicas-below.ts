import { ancestorKeys } from '../runbook/dataset-use';
import type { DatasetUse } from '../runbook/dataset-use';
import { datasetKey } from '../runbook/runbook';
import type { Runbook } from '../runbook/runbook';
import type { LintContext } from './document';
import { hasRole, replicaKnowledge, rolesBelow, rolesOf } from './knowledge';
import type { ReplicaKnowledge } from './knowledge';

/** A replica that a command on a dataset reaches. */
export interface ReachedReplica extends ReplicaKnowledge {
  readonly name: string;
}

/** Finds the dataset itself, or a replica below it, for commands that act on all of a tree or that what is below inherits from. */
export function createReplicaFinder(
  runbook: Runbook,
  context: LintContext,
): (use: DatasetUse, reachesBelow: boolean) => ReachedReplica | undefined {
  const received = receivedBelow(runbook);
  return (use, reachesBelow) => {
    const own = replicaKnowledge(use, runbook, context);
    if (own) return { ...own, name: use.name };
    // The source of one policy may hold the target of another, and then it is the policies' to say.
    if (!reachesBelow || hasRole(rolesOf(use, runbook, context), 'standby', 'restore', 'source')) return undefined;
    const role = use.known === undefined ? undefined : hasRole(rolesBelow(use, runbook, context), 'vault', 'replica');
    if (role) return { source: `by ${role.by}`, related: [], name: `a dataset below ${use.name}` };
    return received.get(datasetKey(use.route, use.key));
  };
}

/** The replicas of the document by the datasets above them. */
function receivedBelow({ transfers }: Runbook): ReadonlyMap<string, ReachedReplica> {
  const below = new Map<string, ReachedReplica>();
  for (const { raw, target, receive } of transfers) {
    if (raw !== 'yes' || !target || !receive || receive.command?.flags['dryRun']) continue;
    const related = [{ span: receive.span, message: 'raw streams are received here' }];
    const replica = { name: target.name, source: 'by the raw receive in this document', related };
    for (const key of ancestorKeys(target).slice(1)) if (!below.has(key)) below.set(key, replica);
  }
  return below;
}
