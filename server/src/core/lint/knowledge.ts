import { declaredName, isWithin } from '../runbook/declarations';
import { ancestorKeys, datasetOf, receiveTarget, withAncestors } from '../runbook/dataset-use';
import type { DatasetUse } from '../runbook/dataset-use';
import { datasetKey } from '../runbook/runbook';
import type { Invocation, Runbook } from '../runbook/runbook';
import type { Policy } from '../policy/policy';
import type { LintContext } from './document';
import type { RelatedPlace } from './finding';

/** What is known about one dataset, and who says so. */
export interface EncryptionKnowledge {
  readonly state: 'encrypted' | 'unencrypted' | 'unknown';
  /** Completes "… is encrypted", e.g. `by the policy prod-to-vault`. */
  readonly source: string;
  readonly related: readonly RelatedPlace[];
}

/**
 * Asks, in this order, the document, the runbooks beside it, the policies, the inventories and the setting; the first that knows answers.
 * Hosts are compared within a document only: a script does not say what the policies call its machine.
 */
export function encryptionOf(target: DatasetUse, runbook: Runbook, context: LintContext): EncryptionKnowledge {
  return (
    fromDocument(target, runbook) ??
    fromNeighbours(target, runbook, context) ??
    fromPolicies(target, context) ??
    fromInventories(target, context) ?? {
      state: context.assumeEncrypted ? 'encrypted' : 'unknown',
      source: context.assumeEncrypted ? 'by the setting assumeEncrypted' : '',
      related: [],
    }
  );
}

function fromDocument(target: DatasetUse, runbook: Runbook): EncryptionKnowledge | undefined {
  for (const key of ancestorKeys(target)) {
    const evidence = runbook.encryption.get(key);
    if (!evidence) continue;
    const below = key !== datasetKey(target.route, target.key);
    // Encryption is inherited; a child of an unencrypted dataset may have been created encrypted.
    if (below && evidence.state === 'unencrypted') return undefined;
    const source = below
      ? `by ${evidence.proof} of a dataset above it in this document`
      : `by ${evidence.proof} in this document`;
    return { state: evidence.state, source, related: [{ span: evidence.span, message: 'this command says so' }] };
  }
  return undefined;
}

/** Only where all who say something agree. */
function fromNeighbours(
  { known }: DatasetUse,
  { path }: Runbook,
  context: LintContext,
): EncryptionKnowledge | undefined {
  const said = known === undefined ? undefined : context.neighbours?.encryption.get(known);
  const others = said?.filter((entry) => entry.path !== path) ?? [];
  const [first] = others;
  if (!first || others.some(({ state }) => state !== first.state)) return undefined;
  return { state: first.state, source: `by ${first.proof} in ${first.path}`, related: [] };
}

function fromPolicies({ known }: DatasetUse, context: LintContext): EncryptionKnowledge | undefined {
  if (known === undefined) return undefined;
  const policy = allPolicies(context).find((candidate) => candidate.send.raw && coversSource(candidate, known));
  return policy && { state: 'encrypted', source: `by the policy ${policy.entry}, which sends it raw`, related: [] };
}

function fromInventories({ known }: DatasetUse, context: LintContext): EncryptionKnowledge | undefined {
  const found = (context.inventories ?? []).flatMap((inventory) => {
    const dataset = inventory.datasets.find(({ name }) => name === known);
    return dataset ? [{ host: inventory.host, takenAt: inventory.takenAt, state: stateOf(dataset.encryption) }] : [];
  });
  const [first] = found;
  // Hosts that disagree: the script does not say which one it runs on.
  if (!first || found.some(({ state }) => state !== first.state)) return undefined;
  return { state: first.state, source: `by the inventory of ${first.host} of ${first.takenAt}`, related: [] };
}

const stateOf = (encryption: string): 'encrypted' | 'unencrypted' =>
  encryption === 'off' ? 'unencrypted' : 'encrypted';

export const allPolicies = (context: LintContext): readonly Policy[] =>
  (context.policies ?? []).flatMap((file) => Object.values(file.policies));

export function coversSource(policy: Policy, dataset: string): boolean {
  const { source, recursive, exclude } = policy;
  if (dataset === source.dataset) return true;
  const excluded = exclude.some((child) => isWithin(dataset, `${source.dataset}/${child}`));
  return recursive && !excluded && isWithin(dataset, source.dataset);
}

const coversTarget = ({ target, recursive }: Policy, dataset: string): boolean =>
  recursive ? isWithin(dataset, target.dataset) : dataset === target.dataset;

/** Where a receive puts its stream, by what the document sends to it. */
export const targetOf = (receive: Invocation, runbook: Runbook): DatasetUse | undefined =>
  receiveTarget(receive, upstreamOf(receive, runbook));

/** The sends whose stream a receive gets, as far as the document shows it. */
export const upstreamOf = (receive: Invocation, runbook: Runbook): readonly Invocation[] =>
  runbook.senders.get(receive) ?? [];

/** The datasets whose streams a receive gets. */
export const sourcesOf = (receive: Invocation, runbook: Runbook): readonly DatasetUse[] =>
  upstreamOf(receive, runbook).flatMap((send) => send.operands.map((word) => datasetOf(word, send)));

/** What a dataset is for, by the document's comments or a policy; `by` names who says so. */
export interface Role {
  readonly kind: 'replica' | 'vault' | 'standby' | 'restore' | 'source';
  readonly by: string;
}

/**
 * Every role that the document or a policy gives to a dataset, the document's first. A declaration may name a variable
 * as the commands do: `# rawsend: replica $DST`.
 */
export function rolesOf(target: DatasetUse, runbook: Runbook, context: LintContext): readonly Role[] {
  const { known } = target;
  const declared = withAncestors(known ?? declaredName(target.name)).flatMap(
    (name) => runbook.declared.get(name) ?? [],
  );
  return [
    ...declared.map(({ kind }): Role => ({ kind, by: 'this document' })),
    ...(known === undefined ? [] : allPolicies(context).flatMap((policy) => policyRoles(policy, known))),
  ];
}

function policyRoles(policy: Policy, dataset: string): readonly Role[] {
  const by = `the policy ${policy.entry}`;
  if (coversSource(policy, dataset)) return [{ kind: 'source', by }];
  if (!coversTarget(policy, dataset)) return [];
  const intent: Role = { kind: policy.intent, by };
  return policy.replica ? [intent, { kind: 'replica', by }] : [intent];
}

/** The roles of datasets below one, for commands that reach them all; `undefined` is every dataset there is. */
export function rolesBelow(target: DatasetUse | undefined, runbook: Runbook, context: LintContext): readonly Role[] {
  const declared = runbook.declarations.filter(({ dataset }) => !target || isWithin(dataset, target.name));
  const policies = target ? allPolicies(context).filter((policy) => isWithin(policy.target.dataset, target.name)) : [];
  return [
    ...declared.map(({ kind }): Role => ({ kind, by: 'this document' })),
    ...policies.flatMap((policy) => policyRoles(policy, policy.target.dataset)),
  ];
}

export const hasRole = (roles: readonly Role[], ...kinds: readonly Role['kind'][]): Role | undefined =>
  roles.find((role) => kinds.includes(role.kind));

/** Who makes a dataset a raw replica, or undefined when nobody is known to. */
export interface ReplicaKnowledge {
  /** Completes "… is a replica". */
  readonly source: string;
  readonly related: readonly RelatedPlace[];
}

/**
 * Whether a dataset is a replica: declared in a comment, the target of a policy, or received raw by this document or one that
 * is linted with it. What is declared a standby, or restored, is used on purpose and is none.
 */
export function replicaKnowledge(
  use: DatasetUse,
  runbook: Runbook,
  context: LintContext,
): ReplicaKnowledge | undefined {
  const roles = rolesOf(use, runbook, context);
  if (hasRole(roles, 'standby', 'restore', 'source')) return undefined;
  const role = hasRole(roles, 'vault', 'replica');
  if (role) return { source: `by ${role.by}`, related: [] };
  for (const key of ancestorKeys(use)) {
    const receive = runbook.rawReceives.get(key);
    if (receive)
      return {
        source: 'by the raw receive in this document',
        related: [{ span: receive.span, message: 'raw streams are received here' }],
      };
  }
  const said = use.known === undefined ? undefined : context.neighbours?.replicas.get(use.known);
  const other = said?.find(({ path }) => path !== runbook.path);
  return other && { source: `by the raw receive in ${other.path}`, related: [] };
}
