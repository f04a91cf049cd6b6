import { isWithin } from '../runbook/declarations';
import { keyOf, sliceOf, textOf } from '../shell/placed-text';
import { createPlacement } from '../shell/placed-text';
import { datasetKey } from '../runbook/runbook';
import type { ArgumentWord, HostRoute, Invocation, Runbook } from '../runbook/runbook';
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
 * Asks, in this order, the document, the policies, the inventories and the setting; the first that knows answers.
 * Hosts are compared within a document only: a script does not say what the policies call its machine.
 */
export function encryptionOf(target: DatasetUse, runbook: Runbook, context: LintContext): EncryptionKnowledge {
  return (
    fromDocument(target, runbook) ??
    fromPolicies(target, context) ??
    fromInventories(target, context) ?? {
      state: context.assumeEncrypted ? 'encrypted' : 'unknown',
      source: context.assumeEncrypted ? 'by the setting assumeEncrypted' : '',
      related: [],
    }
  );
}

/** A dataset that a command names. */
export interface DatasetUse {
  /** For people. */
  readonly name: string;
  /** Undefined while a part of the name is unknown. */
  readonly known: string | undefined;
  /** Equal for equal names, also unknown ones. */
  readonly key: string;
  readonly route: HostRoute;
}

/** The dataset of an operand, without `@snapshot` or `#bookmark`. */
export function datasetOf(operand: ArgumentWord, invocation: Invocation): DatasetUse {
  const placement = createPlacement(operand.text);
  const cut = placement.text.search(/[@#]/);
  const text = sliceOf(placement, 0, cut === -1 ? placement.text.length : cut);
  const mark = operand.shown.search(/[@#]/);
  const known = text.every((run) => run.kind !== 'unknown') ? textOf(text) : undefined;
  // A name that is all in one variable may hold the snapshot too: `$SNAP`.
  const name = cut === -1 || mark === -1 ? operand.shown : operand.shown.slice(0, mark);
  return { name: name === '' ? 'the dataset' : name, known, key: keyOf(text), route: invocation.site.route };
}

function fromDocument(target: DatasetUse, runbook: Runbook): EncryptionKnowledge | undefined {
  const names = target.key.split('/');
  for (let length = names.length; length > 0; length--) {
    const ancestor = names.slice(0, length).join('/');
    const evidence = runbook.encryption.get(datasetKey(target.route, ancestor));
    if (!evidence) continue;
    const below = length < names.length;
    // Encryption is inherited; a child of an unencrypted dataset may have been created encrypted.
    if (below && evidence.state === 'unencrypted') return undefined;
    const source = below
      ? `by ${evidence.proof} of a dataset above it in this document`
      : `by ${evidence.proof} in this document`;
    return { state: evidence.state, source, related: [{ span: evidence.span, message: 'this command says so' }] };
  }
  return undefined;
}

function fromPolicies({ known }: DatasetUse, context: LintContext): EncryptionKnowledge | undefined {
  if (known === undefined) return undefined;
  const policy = allPolicies(context).find((candidate) => candidate.send.raw && coversSource(candidate, known));
  return policy && { state: 'encrypted', source: `by the policy ${policy.name}, which sends it raw`, related: [] };
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

export const coversTarget = ({ target, recursive }: Policy, dataset: string): boolean =>
  recursive ? isWithin(dataset, target.dataset) : dataset === target.dataset;

/**
 * Where a receive puts its stream. With `-d` and `-e` that is below the operand, by the name that the stream carries.
 */
export function receiveTarget(receive: Invocation, runbook: Runbook): DatasetUse | undefined {
  const [operand] = receive.operands;
  if (!operand) return undefined;
  const target = datasetOf(operand, receive);
  const { discardPool, lastName } = receive.flags;
  if (!discardPool && !lastName) return target;
  const [sent] = upstreamOf(receive, runbook).flatMap((send) => send.operands.map((word) => datasetOf(word, send)));
  const cut = lastName ? sent?.name.lastIndexOf('/') : sent?.name.indexOf('/');
  if (sent?.known === undefined || target.known === undefined || cut === undefined) {
    return { ...target, name: `a dataset below ${target.name}` };
  }
  const name = cut === -1 ? target.known : `${target.known}${sent.known.slice(cut)}`;
  return { name, known: name, key: name, route: target.route };
}

/** The sends whose stream a receive gets, as far as the document shows it. */
export const upstreamOf = (receive: Invocation, runbook: Runbook): readonly Invocation[] =>
  runbook.senders.get(receive) ?? [];

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
  const written = known ?? withoutBraces(target.name);
  const declared = runbook.declarations.filter(({ dataset }) => isWithin(written, withoutBraces(dataset)));
  return [
    ...declared.map(({ kind }): Role => ({ kind, by: 'this document' })),
    ...(known === undefined ? [] : allPolicies(context).flatMap((policy) => policyRoles(policy, known))),
  ];
}

const withoutBraces = (name: string): string => name.replaceAll(/\$\{(\w+)\}/g, '$$$1');

function policyRoles(policy: Policy, dataset: string): readonly Role[] {
  const by = `the policy ${policy.name}`;
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
